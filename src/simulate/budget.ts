import { REQUESTS_AN_HOUR } from "../github-limits.ts";
import { contentOf, pointsOf, requestsOf } from "./cost.ts";
import type { Cost } from "./cost.ts";

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
  readonly #minutes = new Map<number, { points: number; content: number }>();
  #endsAt = 0;
  #used = 0;
  #most = 0;
  total = 0;

  /** Used of the hour that goes on at this time. An hour begins with its first request. */
  usedAt(time: number): number {
    return time < this.#endsAt ? this.#used : 0;
  }

  /** When the hour that goes on at this time ends; the same time where none does. */
  nextHourAt(time: number): number {
    return Math.max(time, this.#endsAt);
  }

  leftAt(time: number): number {
    return REQUESTS_AN_HOUR - this.usedAt(time);
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
