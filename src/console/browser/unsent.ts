/** What holds something that was typed, or came back with it. */
const UNSENT = "dialog.overlay[data-typed], main form[data-typed], main [data-refused]";

/** The browser's Back, or a closed tab, loses nothing that was typed without a question of the browser's own. */
export function askBeforeLeaving(): void {
  let isSent = false;
  document.addEventListener("input", ({ target }) => {
    const form = target instanceof Element ? target.closest<HTMLElement>("main form[data-checked]") : null;
    if (form !== null) form.dataset["typed"] = "";
  });
  document.addEventListener("submit", ({ defaultPrevented }) => {
    isSent ||= !defaultPrevented;
  });
  addEventListener("pageshow", () => {
    isSent = false;
  });
  addEventListener("beforeunload", (event) => {
    if (!isSent && document.querySelector(UNSENT) !== null) event.preventDefault();
  });
}
