const SHOWN_MILLISECONDS = 2_000;

/** Buttons with `data-copy` put that text on the clipboard, and say so. Without a script they stay hidden. */
export function offerCopies(): void {
  const reveal = () => {
    for (const button of document.querySelectorAll<HTMLElement>("[data-copy][hidden]")) button.hidden = false;
  };
  reveal();
  document.addEventListener("updated", reveal);
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy]") : null;
    if (button !== null) void copy(button);
  });
}

async function copy(button: HTMLElement): Promise<void> {
  const said = button.querySelector("[role=status]");
  if (said === null) return;
  try {
    await navigator.clipboard.writeText(button.dataset["copy"] ?? "");
    said.textContent = " Copied";
  } catch {
    said.textContent = " Not copied: select the text";
  }
  setTimeout(() => {
    said.textContent = "";
  }, SHOWN_MILLISECONDS);
}
