import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../ports.ts";

/** Node takes no longer timer, and would fire a longer one at once. */
const LONGEST_MILLISECONDS = 2 ** 31 - 1;

/** The `Clock` port: this machine's. */
export const systemClock: Clock = {
  now: () => new Date(),
  async sleep(milliseconds, signal) {
    try {
      await wait(
        Math.min(milliseconds, LONGEST_MILLISECONDS),
        undefined,
        signal === undefined ? {} : { signal },
      );
    } catch (error) {
      if (!(error instanceof Error && error.name === "AbortError")) throw error;
    }
  },
};
