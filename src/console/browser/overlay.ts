import { leadToFaults } from "./refused.ts";
import { mainOf, send, tell } from "./send.ts";

/**
 * Links with `data-overlay` open their page over this one, and those with `data-within` in the place of one that is open
 * so. The address stays; Escape leads back.
 */
export function openOverlays(): void {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (!(form instanceof HTMLFormElement) || !form.matches("dialog.overlay form[data-checked]")) return;
    if (event.defaultPrevented || submitter?.hasAttribute("formaction") === true) return;
    event.preventDefault();
    void save(form, submitter);
  });
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const isPlain =
      event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    const link = target?.closest<HTMLAnchorElement>("a[data-overlay], dialog.overlay a[data-within]");
    const closing = target?.closest<HTMLElement>("dialog.overlay [data-closes]");
    if (!isPlain || event.defaultPrevented) return;
    if (link) {
      event.preventDefault();
      if (mayLeave(link.closest("dialog"))) void open(link.href);
    } else if (closing) {
      event.preventDefault();
      leave(closing.closest("dialog"));
    }
  });
}

async function open(address: string): Promise<void> {
  const main = await fetched(address);
  if (main === null) location.assign(address);
  else delete show(main).dataset["typed"];
}

/** null: the browser says itself what is the matter with that address. */
async function fetched(address: string): Promise<Element | null> {
  try {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    return answer.ok ? mainOf(await answer.text()) : null;
  } catch {
    return null;
  }
}

/** Saved, it leads on; refused, it stays over the page. A secret stays typed, for it is in no page that comes back. */
async function save(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const body = new URLSearchParams();
  for (const [name, text] of new FormData(form, submitter))
    if (typeof text === "string") body.append(name, text);
  const answer = await send(form.action, body);
  switch (answer.kind) {
    case "led":
      delete form.closest("dialog")?.dataset["typed"];
      location.assign(answer.address);
      break;
    case "words":
      tell(form, answer.words);
      break;
    case "form":
      for (const input of answer.main.querySelectorAll<HTMLInputElement>("input[type=password]"))
        input.value = body.get(input.name) ?? "";
      show(answer.main);
      leadToFaults();
  }
}

function show(main: Element): HTMLDialogElement {
  const dialog = document.querySelector<HTMLDialogElement>("dialog.overlay") ?? made();
  dialog.querySelector(".inside")?.replaceChildren(...main.childNodes);
  document.dispatchEvent(new Event("updated"));
  const title = dialog.querySelector("h1");
  title?.setAttribute("id", "overlay-title");
  title?.setAttribute("tabindex", "-1");
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  const search = dialog.querySelector<HTMLElement>("form[data-finds] input[type=search]");
  (search ?? title)?.focus();
  return dialog;
}

function made(): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.className = "overlay";
  dialog.setAttribute("aria-labelledby", "overlay-title");
  const close = document.createElement("button");
  [close.type, close.className, close.textContent] = ["button", "close", "Close"];
  close.dataset["closes"] = "";
  const inside = document.createElement("div");
  inside.className = "inside";
  dialog.append(close, inside);
  dialog.addEventListener("input", ({ target }) => {
    if (target instanceof Element && target.closest("form[data-checked]")) dialog.dataset["typed"] = "";
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave(dialog);
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  return dialog;
}

function leave(dialog: HTMLDialogElement | null): void {
  if (mayLeave(dialog)) dialog?.close();
}

/** Nothing that was typed is lost without a question. */
function mayLeave(dialog: HTMLDialogElement | null): boolean {
  return dialog?.dataset["typed"] === undefined || confirm("Leave this, and what you have typed?");
}
