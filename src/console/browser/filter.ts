/** Shows only the tiles that have what is typed and chosen, without a request: as the server does, see `tiles/query.ts`. */
export function filterTiles(): void {
  const form = document.querySelector<HTMLFormElement>("form.tools");
  if (form === null) return;
  const apply = () => {
    show(readForm(form));
  };
  const change = () => {
    apply();
    history.replaceState(null, "", addressOf(form));
  };
  form.addEventListener("input", change);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change();
  });
  document.addEventListener("updated", apply);
  // A browser that comes back here has kept what was typed.
  addEventListener("pageshow", change);
}

interface Wanted {
  readonly words: readonly string[];
  readonly state: string;
  readonly provider: string;
}

function readForm(form: HTMLFormElement): Wanted {
  const { q, state, provider } = fieldsOf(form);
  return { words: q.toLowerCase().trim().split(/\s+/), state, provider };
}

function fieldsOf(form: HTMLFormElement): {
  readonly q: string;
  readonly state: string;
  readonly provider: string;
} {
  const fields = new FormData(form);
  const of = (name: string) => {
    const value = fields.get(name);
    return typeof value === "string" ? value : "";
  };
  return { q: of("q"), state: of("state"), provider: of("provider") };
}

function addressOf(form: HTMLFormElement): string {
  const asked = Object.entries(fieldsOf(form)).filter(([, value]) => value !== "");
  return asked.length === 0 ? "/" : `/?${new URLSearchParams(asked).toString()}`;
}

function show({ words, state, provider }: Wanted): void {
  const tiles = [...document.querySelectorAll<HTMLElement>("#tiles > li")];
  for (const tile of tiles) {
    const { find = "", ...own } = tile.dataset;
    const isWanted =
      words.every((word) => find.includes(word)) &&
      (state === "" || own["state"] === state) &&
      (provider === "" || own["provider"] === provider);
    if (tile.hidden === isWanted) tile.hidden = !isWanted;
  }
  const shown = tiles.filter(({ hidden }) => !hidden).length;
  const isEverything = words.every((word) => word === "") && state === "" && provider === "";
  say(isEverything ? "" : `${String(shown)} of ${String(tiles.length)}`);
  toggle("all", isEverything);
  toggle("none", shown > 0);
}

function say(text: string): void {
  const found = document.getElementById("found");
  if (found !== null && found.textContent !== text) found.textContent = text;
}

function toggle(id: string, hidden: boolean): void {
  const element = document.getElementById(id);
  if (element !== null) element.hidden = hidden;
}
