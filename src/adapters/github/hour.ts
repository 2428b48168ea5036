import { RESERVE_REQUESTS } from "../../github-limits.ts";
import type { Headers } from "./outcome.ts";
import type { Paced } from "./window.ts";

/** Where a token stands in GitHub's primary limit. */
export interface Standing {
  readonly used: number;
  readonly remaining: number;
  /** When the hour ends, and another one begins. */
  readonly resetAt: Date;
}

/**
 * GitHub's primary limit: so many requests an hour, by what its answers say is left. The last of them are for finishing:
 * for what was set aside, and for whoever has begun to write.
 */
export class Hour {
  #last: Pick<Standing, "remaining" | "resetAt"> | undefined;
  #underway = 0;
  #setAside = 0;
  #hasWritten = false;

  /** What GitHub last said is left. */
  get remaining(): number | undefined {
    return this.#last?.remaining;
  }

  /** Answers overtake each other: of one hour the least counts. */
  note(standing: Pick<Standing, "remaining" | "resetAt">): void {
    const newer = standing.resetAt.getTime() - (this.#last?.resetAt.getTime() ?? 0);
    if (newer < 0 || (newer === 0 && standing.remaining >= (this.#last?.remaining ?? Infinity))) return;
    if (newer > 0) this.#setAside = 0;
    this.#last = standing;
  }

  /** Until when such a request may not go out; undefined: it may now. */
  closedTo({ method }: Pick<Paced, "method">, now: Date): Date | undefined {
    const kept = isRead(method) && !this.#hasWritten ? RESERVE_REQUESTS : 0;
    return this.#left(now) > kept ? undefined : this.#last?.resetAt;
  }

  /** Until when so many requests cannot be set aside; undefined: they can now. */
  closedToStart(requests: number, now: Date): Date | undefined {
    const left = this.#left(now) - this.#setAside;
    return left >= requests + RESERVE_REQUESTS ? undefined : this.#last?.resetAt;
  }

  /** Keeps so many for writes that follow from one that is held. */
  setAside(requests: number): void {
    this.#setAside += requests;
  }

  sent({ method }: Pick<Paced, "method">): void {
    this.#underway += 1;
    if (isRead(method)) return;
    this.#hasWritten = true;
    if (method === "PUT" && this.#setAside > 0) this.#setAside -= 1;
  }

  ended(): void {
    this.#underway -= 1;
  }

  /** Whether GitHub has counted what is on its way is not known, so it is taken off twice rather than never. */
  #left(now: Date): number {
    if (this.#last === undefined || now >= this.#last.resetAt) return Infinity;
    return this.#last.remaining - this.#underway;
  }
}

function isRead(method: string): boolean {
  return method === "GET" || method === "HEAD";
}

/** What an answer says of the limit that it was counted under: `core`, or `graphql`; undefined: nothing. */
export function standingIn(
  headers: Headers,
): (Pick<Standing, "remaining" | "resetAt"> & { readonly resource: string }) | undefined {
  const [remaining, reset] = [headers["x-ratelimit-remaining"], headers["x-ratelimit-reset"]];
  if (remaining === undefined || reset === undefined) return undefined;
  const resource = String(headers["x-ratelimit-resource"] ?? "core");
  return { resource, remaining: Number(remaining), resetAt: afterReset(Number(reset)) };
}

/** A second later, because the reset is given in whole seconds. */
export function afterReset(epochSeconds: number): Date {
  return new Date((epochSeconds + 1) * 1_000);
}
