/** Links with `data-overlay` open their page over this one. The address stays; Escape leads back. */
export function openOverlays(): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const isPlain =
      event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    const link = target?.closest<HTMLAnchorElement>("a[data-overlay]");
    const closing = target?.closest<HTMLElement>("dialog.overlay [data-closes]");
    if (!isPlain || event.defaultPrevented) return;
    if (link) {
      event.preventDefault();
      void open(link.href);
    } else if (closing) {
      event.preventDefault();
      leave(closing.closest("dialog"));
    }
  });
}

async function open(address: string): Promise<void> {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main");
  if (!answer.ok || main === null) {
    location.assign(address);
    return;
  }
  const dialog = document.querySelector<HTMLDialogElement>("dialog.overlay") ?? made();
  dialog.querySelector(".inside")?.replaceChildren(...main.childNodes);
  for (const hidden of dialog.querySelectorAll<HTMLElement>("[data-copy][hidden]")) hidden.hidden = false;
  const title = dialog.querySelector("h1");
  title?.setAttribute("id", "overlay-title");
  title?.setAttribute("tabindex", "-1");
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  title?.focus();
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
  dialog.addEventListener("input", () => (dialog.dataset["typed"] = ""));
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave(dialog);
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  return dialog;
}

/** Nothing that was typed is lost without a question. */
function leave(dialog: HTMLDialogElement | null): void {
  if (dialog?.dataset["typed"] === undefined || confirm("Leave this, and what you have typed?"))
    dialog?.close();
}
