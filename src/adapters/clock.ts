import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../ports.ts";

/** The `Clock` port: this machine's. */
export const systemClock: Clock = {
  now: () => new Date(),
  async sleep(milliseconds, signal) {
    try {
      await wait(milliseconds, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      if (!(error instanceof Error && error.name === "AbortError")) throw error;
    }
  },
};
