import type { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { Console } from "./console.ts";
import { Watch } from "./watch.ts";

/** Pages that listen at once: more than anybody has open. */
const MOST_LISTENERS = 24;

/**
 * `/events`: tells open pages that something has changed, as server-sent events, and nothing of what it is. Ends when the
 * page goes away, and with the console.
 */
export function addEvents(app: Hono, console: Console): void {
  const { live, ports } = console;
  const watch = new Watch(console);
  app.get("/events", (c) => {
    if (ports.stop.aborted) return c.text("the console is being closed", 503);
    if (live.listeners >= MOST_LISTENERS) return c.text("too many pages are open", 503);
    return streamSSE(c, (stream) => {
      return new Promise((end) => {
        const leave = watch.enter();
        const unsubscribe = live.subscribe((topic) => {
          void stream.writeSSE({ event: "change", data: topic });
        });
        const close = () => {
          ports.stop.removeEventListener("abort", close);
          unsubscribe();
          leave();
          end();
        };
        stream.onAbort(close);
        ports.stop.addEventListener("abort", close);
        // Whatever has changed between a page's making and its listening was told to nobody.
        void stream.writeSSE({ event: "change", data: "" });
      });
    });
  });
}
