import type { Limit } from "./limits.ts";

interface Spent {
  readonly atMilliseconds: number;
  readonly cost: number;
}

/** What has been spent of one limit in the window that ends now, and what is held for later. */
export class Window {
  readonly #limit: Limit;
  #spent: Spent[] = [];
  #held = 0;

  constructor(limit: Limit) {
    this.#limit = limit;
  }

  /** How long until a request of this method fits; 0: now. Where only held room stands in the way, a second. */
  waitMilliseconds(method: string, now: Date): number {
    this.#forget(now);
    let excess = this.#total() + this.#limit.cost(method) - this.#limit.capacity;
    if (excess <= 0) return 0;
    for (const { atMilliseconds, cost } of this.#spent) {
      excess -= cost;
      if (excess <= 0) return atMilliseconds + this.#limit.seconds * 1000 - now.getTime();
    }
    return 1000;
  }

  spend(method: string, now: Date): void {
    const cost = this.#limit.cost(method);
    if (cost > 0) this.#spent.push({ atMilliseconds: now.getTime(), cost });
  }

  hold(method: string): void {
    this.#held += this.#limit.cost(method);
  }

  release(method: string): void {
    this.#held -= this.#limit.cost(method);
  }

  #total(): number {
    return this.#spent.reduce((sum, { cost }) => sum + cost, this.#held);
  }

  #forget(now: Date): void {
    const start = now.getTime() - this.#limit.seconds * 1000;
    this.#spent = this.#spent.filter(({ atMilliseconds }) => atMilliseconds > start);
  }
}
