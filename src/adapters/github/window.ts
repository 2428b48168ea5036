import type { Limit } from "./limits.ts";

/** A request as the limits see it. */
export interface Paced {
  readonly method: string;
  readonly use: "secrets" | "journal";
}

interface Spent {
  readonly atMilliseconds: number;
  readonly cost: number;
}

/** Where only held room stands in the way, nobody knows for how long. */
const HELD_WAIT_MILLISECONDS = 1000;

/** What has been spent of one limit in the window that ends now, and what is held for later. */
export class Window {
  readonly #limit: Limit;
  #spent: Spent[] = [];
  #held = 0;

  constructor(limit: Limit) {
    this.#limit = limit;
  }

  /** How long until such a request fits; 0: now. */
  waitMilliseconds({ method, use }: Paced, now: Date): number {
    const cost = this.#limit.cost(method);
    if (cost === 0) return 0;
    this.#forget(now);
    const capacity = this.#limit.capacity - (use === "journal" ? 0 : this.#limit.journalShare);
    let excess = this.#total() + cost - capacity;
    if (excess <= 0) return 0;
    for (const spent of this.#spent) {
      excess -= spent.cost;
      if (excess <= 0) return spent.atMilliseconds + this.#limit.seconds * 1000 - now.getTime();
    }
    return HELD_WAIT_MILLISECONDS;
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
    const first = this.#spent.findIndex(({ atMilliseconds }) => atMilliseconds > start);
    this.#spent = first === -1 ? [] : this.#spent.slice(first);
  }
}
