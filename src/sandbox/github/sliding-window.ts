interface Entry {
  readonly atMilliseconds: number;
  readonly amount: number;
}

/** What was used in the last so many seconds, whenever one looks. */
export class SlidingWindow {
  readonly #milliseconds: number;
  readonly #entries: Entry[] = [];
  #used = 0;

  constructor(seconds: number) {
    this.#milliseconds = seconds * 1_000;
  }

  add(now: Date, amount: number): void {
    if (amount === 0) return;
    this.#entries.push({ atMilliseconds: now.getTime(), amount });
    this.#used += amount;
  }

  /** How long until so much more fits into a capacity; 0: it fits now. What fits never waits for the whole window. */
  secondsUntil(now: Date, amount: number, capacity: number): number {
    this.#forget(now);
    let excess = this.#used + amount - capacity;
    if (amount === 0 || excess <= 0) return 0;
    for (const entry of this.#entries) {
      excess -= entry.amount;
      if (excess <= 0) return (entry.atMilliseconds + this.#milliseconds - now.getTime()) / 1_000;
    }
    return this.#milliseconds / 1_000;
  }

  #forget(now: Date): void {
    const before = now.getTime() - this.#milliseconds;
    const first = this.#entries.findIndex(({ atMilliseconds }) => atMilliseconds > before);
    const over = this.#entries.splice(0, first < 0 ? this.#entries.length : first);
    this.#used -= over.reduce((sum, { amount }) => sum + amount, 0);
  }
}
