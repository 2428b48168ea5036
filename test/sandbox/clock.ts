import type { Clock } from "../../src/ports.ts";

/** A clock that stands still until it is moved; sleeping moves it. */
export class ManualClock implements Clock {
  #now: Date;

  constructor(start = "2026-11-22T12:00:00Z") {
    this.#now = new Date(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  async sleep(milliseconds: number): Promise<void> {
    this.#now = new Date(this.#now.getTime() + milliseconds);
  }

  passSeconds(seconds: number): void {
    this.#now = new Date(this.#now.getTime() + seconds * 1_000);
  }
}
