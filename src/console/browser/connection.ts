/** A page that is being left, or a console that starts anew, is no trouble yet. */
const PATIENCE_MILLISECONDS = 1_000;

/** Says that the console does not answer while it does not. */
export function watchConnection(events: EventSource): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  events.addEventListener("error", () => {
    waiting ??= setTimeout(() => {
      if (events.readyState !== EventSource.OPEN && !document.hidden) notice().hidden = false;
    }, PATIENCE_MILLISECONDS);
  });
  events.addEventListener("open", () => {
    if (waiting === undefined) return;
    clearTimeout(waiting);
    waiting = undefined;
    notice().hidden = true;
  });
}

function notice(): HTMLElement {
  const known = document.getElementById("connection");
  if (known !== null) return known;
  const made = document.createElement("p");
  made.id = "connection";
  made.hidden = true;
  made.className = "notice notice-warning";
  made.setAttribute("role", "status");
  made.textContent = "The console does not answer: what is on this page may be old. Is it stopped?";
  document.querySelector("main")?.prepend(made);
  return made;
}
