import type { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { Console } from "./console.ts";

/** Pages that listen at once: more than anybody has open. */
const MOST_LISTENERS = 24;

/** `/events`: tells open pages that something has changed, as server-sent events. Nothing of what it is. */
export function addEvents(app: Hono, { live, ports: { stop } }: Console): void {
  app.get("/events", (c) => {
    if (live.listeners >= MOST_LISTENERS) return c.text("too many pages are open", 503);
    return streamSSE(c, (stream) => {
      return new Promise((end) => {
        const unsubscribe = live.subscribe((topic) => {
          void stream.writeSSE({ event: "change", data: topic });
        });
        const close = () => {
          unsubscribe();
          end();
        };
        stream.onAbort(close);
        stop.addEventListener("abort", close, { once: true });
        void stream.writeSSE({ event: "open", data: "" });
      });
    });
  });
}
