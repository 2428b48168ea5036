/** A page that is being left, or a console that starts anew, is no trouble yet. */
const PATIENCE_MILLISECONDS = 1_000;

const SILENT =
  "The console does not answer: what is on this page may be old, and nothing can be sent from it. If it is stopped, run " +
  "sealring console again in the repository’s folder, and go on in the page that it opens.";

/** Says that the console does not answer while it does not. */
export function watchConnection(events: EventSource): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  events.addEventListener("error", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (events.readyState !== EventSource.OPEN && !document.hidden) tell();
    }, PATIENCE_MILLISECONDS);
  });
  events.addEventListener("open", () => {
    clearTimeout(waiting);
    document.getElementById("connection")?.remove();
  });
}

/** Where the person looks: an overlay hides the page. */
function tell(): void {
  const place = document.querySelector("dialog[open] .inside") ?? document.getElementById("main");
  const known = document.getElementById("connection");
  if (known !== null && place?.contains(known) === true) return;
  known?.remove();
  const made = document.createElement("p");
  made.id = "connection";
  made.className = "notice notice-warning";
  made.setAttribute("role", "status");
  made.textContent = SILENT;
  place?.prepend(made);
}
