import type { Clock } from "../../src/ports.ts";

/**
 * A clock that only the work moves: waiting takes no time and passes it. A wait that its asker may call off is one for
 * somebody who never comes, so it lasts until it is called off, unless the test makes everybody late.
 */
export class JobClock implements Clock {
  /** Whether a wait that may be called off runs out at once: the other side is slower than that. */
  othersAreLate = false;
  #milliseconds = Date.parse("2026-11-22T12:00:00Z");

  now(): Date {
    return new Date(this.#milliseconds);
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal === undefined || this.othersAreLate) this.#milliseconds += milliseconds;
    else await calledOff(signal);
  }

  passSeconds(seconds: number): void {
    this.#milliseconds += seconds * 1_000;
  }
}

/** Waits until the signal is given. */
export function calledOff(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
