const PAUSE_MILLISECONDS = 150;

/** Forms with `data-finds` show what is found while somebody types: the element of that id, from the page that they ask for. */
export function findAsTyped(): void {
  let timer = 0;
  let newest = 0;
  document.addEventListener("input", ({ target }) => {
    const form = target instanceof Element ? target.closest<HTMLFormElement>("form[data-finds]") : null;
    if (form === null) return;
    newest += 1;
    const own = newest;
    clearTimeout(timer);
    timer = setTimeout(() => void find(form, () => own === newest), PAUSE_MILLISECONDS);
  });
}

async function find(form: HTMLFormElement, isNewest: () => boolean): Promise<void> {
  const query = new URLSearchParams();
  for (const [name, text] of new FormData(form)) if (typeof text === "string") query.append(name, text);
  const answer = await fetch(`${form.action}?${query.toString()}`, { headers: { accept: "text/html" } });
  if (!answer.ok || !isNewest()) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const id = form.dataset["finds"] ?? "";
  const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
  if (old !== null && fresh !== null) old.replaceChildren(...fresh.childNodes);
}
