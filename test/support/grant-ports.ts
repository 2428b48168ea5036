import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Clock, Progress, RandomBytes } from "../../src/ports.ts";

/** The machine's own time. A test that ends early ends its waiting too. */
export const realClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) =>
    wait(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
};

export const realRandom: RandomBytes = (length) => randomBytes(length);

/** A clock that stands still but for sleeping, which takes no time. `onSleep` runs during each sleep. */
export class SteppingClock implements Clock {
  readonly sleptSeconds: number[] = [];
  readonly #onSleep: (count: number) => Promise<void> | void;
  #milliseconds = Date.parse("2026-11-22T12:00:00Z");

  constructor(onSleep: (count: number) => Promise<void> | void = () => undefined) {
    this.#onSleep = onSleep;
  }

  now(): Date {
    return new Date(this.#milliseconds);
  }

  async sleep(milliseconds: number): Promise<void> {
    this.#milliseconds += milliseconds;
    this.sleptSeconds.push(milliseconds / 1000);
    await this.#onSleep(this.sleptSeconds.length);
  }
}

/** What a person would have seen. */
export class RecordingProgress implements Progress {
  readonly lines: string[] = [];
  readonly masked: string[] = [];

  mask(secret: { reveal(): string }): void {
    this.masked.push(secret.reveal());
  }

  say(line: string): void {
    this.lines.push(line);
  }
}
