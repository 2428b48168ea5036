import { systemClock } from "../../src/adapters/clock.ts";
import type { Clock } from "../../src/ports.ts";

/**
 * The machine's clock, ahead of itself by what was passed. GitHub tells time in whole seconds: a run must not begin in
 * the second in which another ended.
 */
export class ShiftedClock implements Clock {
  #aheadMilliseconds = 0;

  now(): Date {
    return new Date(systemClock.now().getTime() + this.#aheadMilliseconds);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return systemClock.sleep(milliseconds, signal);
  }

  passSeconds(seconds: number): void {
    this.#aheadMilliseconds += seconds * 1_000;
  }
}
