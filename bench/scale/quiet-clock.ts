import { subscribe } from "node:diagnostics_channel";
import type { Clock } from "../../src/ports.ts";

/** Turns of the event loop in which nothing may move before time does: more than a request takes from one step to the next. */
const QUIET_TURNS = 25;

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/**
 * Time that passes only when nothing else can: when every request is either answered or waits for time itself. So a month of
 * waiting costs nothing, and what happens at the same time on this clock happens side by side.
 */
export class QuietClock implements Clock {
  /** The same time, for a server: what sleeps here holds a request that is on its way. */
  readonly server: Clock = {
    now: () => this.now(),
    sleep: (milliseconds) => this.#hold(milliseconds),
  };
  #now: number;
  #sleepers: Sleeper[] = [];
  #underway = 0;
  #held = 0;
  #moves = 0;
  #running = false;

  constructor(start: Date) {
    this.#now = start.getTime();
    subscribe("undici:request:create", () => this.#count(1));
    subscribe("undici:request:trailers", () => this.#count(-1));
    subscribe("undici:request:error", () => this.#count(-1));
  }

  now(): Date {
    return new Date(this.#now);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((wake) => {
      if (signal?.aborted === true) {
        wake();
        return;
      }
      const sleeper = { at: this.#now + Math.max(0, milliseconds), wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        wake();
      });
      this.#moves += 1;
      if (!this.#running) void this.#run();
    });
  }

  async #hold(milliseconds: number): Promise<void> {
    this.#held += 1;
    await this.sleep(milliseconds);
    this.#held -= 1;
  }

  #count(change: 1 | -1): void {
    this.#underway += change;
    this.#moves += 1;
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#sleepers.length > 0) {
      await this.#untilQuiet();
      const next = Math.min(...this.#sleepers.map(({ at }) => at));
      if (next === Infinity) break;
      this.#now = Math.max(this.#now, next);
      const due = this.#sleepers.filter(({ at }) => at <= this.#now);
      this.#sleepers = this.#sleepers.filter(({ at }) => at > this.#now);
      for (const { wake } of due) wake();
    }
    this.#running = false;
  }

  async #untilQuiet(): Promise<void> {
    let seen = this.#moves;
    for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
      await new Promise(setImmediate);
      if (this.#moves === seen && this.#underway === this.#held) continue;
      seen = this.#moves;
      quiet = 0;
    }
  }
}
