import { send, tell } from "./send.ts";

const PAUSE_MILLISECONDS = 250;

/** `touched`: nobody is told of a field that they have not come to yet. */
type Which = "touched" | "all";

/**
 * Forms with `data-checked` are checked while somebody types: faults and preview come and go in their slots. The inputs
 * stay as they are.
 */
export function checkForms(): void {
  const touched = new WeakMap<HTMLFormElement, Set<string>>();
  let timer = 0;
  let newest = 0;
  const check = async (form: HTMLFormElement, which: Which) => {
    newest += 1;
    const own = newest;
    const answer = await send("/check", openly(form));
    if (own !== newest) return;
    if (answer.kind === "form")
      swap(form, answer.main, which === "all" ? ["*"] : [...(touched.get(form) ?? [])]);
    if (which === "touched") return;
    if (answer.kind === "words") tell(form, answer.words);
    else form.querySelector<HTMLElement>("[role=alert]")?.focus();
  };
  document.addEventListener("input", ({ target }) => {
    const form = formOf(target);
    if (form === undefined || !(target instanceof Element)) return;
    touched.set(form, (touched.get(form) ?? new Set()).add(target.getAttribute("name") ?? ""));
    clearTimeout(timer);
    timer = setTimeout(() => void check(form, "touched"), PAUSE_MILLISECONDS);
  });
  document.addEventListener("click", (event) => {
    const button =
      event.target instanceof Element ? event.target.closest("button[formaction='/check']") : null;
    const form = formOf(button);
    if (form === undefined || button?.hasAttribute("data-more") !== false) return;
    event.preventDefault();
    clearTimeout(timer);
    void check(form, "all");
  });
}

function formOf(target: EventTarget | null): HTMLFormElement | undefined {
  return target instanceof Element
    ? (target.closest<HTMLFormElement>("form[data-checked]") ?? undefined)
    : undefined;
}

/** What is in a form, but for secrets: one is sent to be sealed, not to be looked at. */
function openly(form: HTMLFormElement): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, text] of new FormData(form)) {
    const isSecret = form.querySelector(`[type=password][name="${CSS.escape(name)}"]`) !== null;
    if (typeof text === "string" && !isSecret) body.append(name, text);
  }
  return body;
}

function swap(form: HTMLFormElement, fresh: Element, names: readonly string[]): void {
  for (const slot of form.querySelectorAll<HTMLElement>("[data-slot]")) {
    const name = slot.dataset["slot"] ?? "";
    if (!isShown(slot, name, names)) continue;
    const other = fresh.querySelector(`#${CSS.escape(slot.id)}`);
    if (other === null || other.innerHTML === slot.innerHTML) continue;
    slot.replaceChildren(...other.childNodes);
    if (name !== "") mark(form, fresh, name);
    if (name !== "" && slot.childElementCount > 0) unfold(slot);
  }
}

function isShown(slot: Element, name: string, names: readonly string[]): boolean {
  if (names.includes("*")) return true;
  // What is told of the whole form at once goes on being told, and does not begin by itself.
  if (name === "") return slot.role !== "alert" || slot.childElementCount > 0;
  return names.some((each) => each === name || each.startsWith(`${name}/`));
}

/** Nobody sees a fault in what is folded. */
function unfold(slot: Element): void {
  const folded = slot.parentElement?.closest<HTMLDetailsElement>("details:not([open])") ?? undefined;
  if (folded === undefined) return;
  folded.open = true;
  unfold(folded);
}

/** What a field's readers are told of its faults. */
function mark(form: HTMLFormElement, fresh: Element, name: string): void {
  const id = `#${CSS.escape(`in:${name}`)}`;
  const [input, other] = [form.querySelector(id), fresh.querySelector(id)];
  if (input === null || other === null) return;
  for (const attribute of ["aria-invalid", "aria-describedby"]) {
    const value = other.getAttribute(attribute);
    if (value === null) input.removeAttribute(attribute);
    else input.setAttribute(attribute, value);
  }
}
