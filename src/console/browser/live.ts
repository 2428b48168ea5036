import { announce, tellings } from "./announce.ts";
import { watchConnection } from "./connection.ts";
import { morph } from "./morph.ts";

/** Of a burst of changes one page is asked for. */
const PAUSE_MILLISECONDS = 250;
/** "in 3m" is another thing a minute later. */
const STALE_MILLISECONDS = 60_000;

/**
 * Elements with `data-live` are brought up to date from the page's own address whenever the console says that something
 * has changed, as long as somebody can see the page. Dispatches `updated` on the document after it. On every page of the
 * console it is said when the console is gone.
 */
export function keepLive(): void {
  // A page for nobody in particular is told nothing.
  if (document.getElementById("main") === null) return;
  const update = inTurn(bringUpToDate);
  let events: EventSource | undefined;
  const listen = () => {
    events = new EventSource("/events");
    events.addEventListener("change", update);
    watchConnection(events);
  };
  // A browser has six connections to one place: pages that nobody sees must not hold them.
  document.addEventListener("visibilitychange", () => {
    events?.close();
    if (!document.hidden) listen();
  });
  setInterval(() => {
    if (!document.hidden) update();
  }, STALE_MILLISECONDS);
  if (!document.hidden) listen();
}

/** Calls one at a time, a pause after each; what is wanted meanwhile is done once, after it. */
function inTurn(work: () => Promise<void>): () => void {
  let state: "idle" | "busy" | "wanted" = "idle";
  const go = () => {
    state = "busy";
    void work()
      // The console is gone, or has other work: the next change asks again.
      .catch(() => undefined)
      .then(() => new Promise((resume) => setTimeout(resume, PAUSE_MILLISECONDS)))
      .then(() => {
        if (state === "wanted") go();
        else state = "idle";
      });
  };
  return () => {
    if (state === "idle") go();
    else state = "wanted";
  };
}

async function bringUpToDate(): Promise<void> {
  if (document.querySelector("[data-live]") === null) return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const before = tellings();
  const focus = keepFocus();
  for (const old of document.querySelectorAll("[data-live][id]")) {
    const next = fresh.getElementById(old.id);
    if (next !== null) morph(old, next);
  }
  focus();
  announce(before);
  document.dispatchEvent(new Event("updated"));
}

/** Gives what puts the focus back: an element that has moved has lost it. Of one that is gone, its surroundings get it. */
function keepFocus(): () => void {
  const focused = document.activeElement;
  const around = focused?.closest("[id]:not(main)")?.id;
  return () => {
    if (!(focused instanceof HTMLElement) || document.activeElement === focused) return;
    const near = around === undefined ? null : document.getElementById(around);
    const next = focused.isConnected
      ? focused
      : near?.querySelector<HTMLElement>("a[href], button, summary, input");
    next?.focus({ preventScroll: true });
  };
}
