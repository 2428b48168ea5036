import { RESERVE_REQUESTS } from "../github-limits.ts";
import { contentOf, pointsOf, requestsOf, SECRETS_A_MINUTE } from "../request-cost.ts";
import type { Cost } from "../request-cost.ts";

const MINUTE = 60_000;
const HOUR = 3_600_000;

/** The most that was asked of one token, beside what GitHub allows. */
export interface Peaks {
  readonly requestsAnHour: number;
  readonly pointsAMinute: number;
  readonly contentAnHour: number;
}

/** One token's requests: the hour as GitHub counts it, and what went out in each minute. */
export class Budget {
  readonly #requestsAnHour: number;
  readonly #minutes = new Map<number, { points: number; content: number }>();
  #endsAt = 0;
  #used = 0;
  #most = 0;
  total = 0;

  constructor(requestsAnHour: number) {
    this.#requestsAnHour = requestsAnHour;
  }

  /** Used of the hour that goes on at this time. An hour begins with its first request. */
  usedAt(time: number): number {
    return time < this.#endsAt ? this.#used : 0;
  }

  /** When the hour that goes on at this time ends; the same time where none does. */
  nextHourAt(time: number): number {
    return Math.max(time, this.#endsAt);
  }

  /** Left of the hour to begin with: the last requests are for finishing. */
  leftAt(time: number): number {
    return this.#requestsAnHour - RESERVE_REQUESTS - this.usedAt(time);
  }

  spend(cost: Cost, time: number): void {
    const requests = requestsOf(cost);
    this.#used = this.usedAt(time) + requests;
    if (time >= this.#endsAt) this.#endsAt = time + HOUR;
    this.#most = Math.max(this.#most, this.#used);
    this.total += requests;
    const minute = Math.floor(time / MINUTE);
    const { points, content } = this.#minutes.get(minute) ?? { points: 0, content: 0 };
    this.#minutes.set(minute, { points: points + pointsOf(cost), content: content + contentOf(cost) });
  }

  peaks(): Peaks {
    const minutes = [...this.#minutes].sort(([a], [b]) => a - b);
    let [from, content, contentAnHour] = [0, 0, 0];
    for (const [minute, spent] of minutes) {
      content += spent.content;
      for (let first = minutes[from]; first !== undefined && first[0] <= minute - 60; first = minutes[from]) {
        content -= first[1].content;
        from += 1;
      }
      contentAnHour = Math.max(contentAnHour, content);
    }
    const pointsAMinute = minutes.reduce((most, [, { points }]) => Math.max(most, points), 0);
    return { requestsAnHour: this.#most, pointsAMinute, contentAnHour };
  }
}

/** What of a cost falls into one of its minutes: what is read once into the first, and secrets until all are written. */
export function partOf(cost: Cost, { minute, of }: { readonly minute: number; readonly of: number }): Cost {
  return {
    reads: minute === 0 ? cost.reads : 0,
    graphql: minute === 0 ? cost.graphql : 0,
    writes: Math.max(0, Math.min(SECRETS_A_MINUTE, cost.writes - minute * SECRETS_A_MINUTE)),
    swaps: cost.swaps / of,
  };
}
