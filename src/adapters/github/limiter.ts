import { SealringError } from "../../errors.ts";
import { formatInstant } from "../../instant.ts";
import type { Clock } from "../../ports.ts";
import { Hour, standingIn } from "./hour.ts";
import {
  LIMITS,
  MAX_CONCURRENT,
  MAX_HOUR_WAIT_SECONDS,
  MAX_PAUSE_SECONDS,
  RESERVATION_SECONDS,
} from "../../github-limits.ts";
import type { Headers } from "./outcome.ts";
import type { Predecessor } from "./predecessor.ts";
import { Turns } from "./turns.ts";
import { Window } from "./window.ts";
import type { Booking, Paced, Wait } from "./window.ts";

/** A write that is to be kept room for, and how many further ones follow from it within the hour. */
export interface Reserved {
  readonly key: string;
  readonly followers: number;
}

/**
 * Keeps one token's requests inside GitHub's documented limits: each waits until it fits. What has been reserved
 * passes at once, and nothing is reserved before everything that waits has room. After a rate-limited answer everything
 * pauses for as long as GitHub asks. GraphQL has a primary limit of its own, and shares the others.
 */
export class Limiter {
  readonly #clock: Clock;
  readonly #predecessor: Predecessor;
  readonly #windows = LIMITS.map((limit) => new Window(limit));
  readonly #hours = { core: new Hour(), graphql: new Hour() };
  readonly #reserved = new Map<string, Promise<Booking>>();
  readonly #turns = new Turns(MAX_CONCURRENT);
  /** Those that wait for a request to end. */
  readonly #waiting: (() => void)[] = [];
  /** Those that wait for room, and have not been reserved any. */
  readonly #unbooked = new Set<Paced>();
  #pausedUntil = new Date(0);
  #begun: Promise<void> | undefined;

  constructor(clock: Clock, predecessor: Predecessor = { kind: "nobody" }) {
    this.#clock = clock;
    this.#predecessor = predecessor;
  }

  /** What the server last said is left of the hour's requests (`x-ratelimit-remaining`). */
  get requestsLeft(): number | undefined {
    return this.#hours.core.remaining;
  }

  /** Takes what an answer's headers say is left, and lets no request out for as long as it asks. */
  note(headers: Headers, pauseSeconds: number | undefined): void {
    const standing = standingIn(headers);
    if (standing?.resource === "core" || standing?.resource === "graphql")
      this.#hours[standing.resource].note(standing);
    if (pauseSeconds === undefined) return;
    const until = new Date(this.#clock.now().getTime() + pauseSeconds * 1000);
    if (until > this.#pausedUntil) this.#pausedUntil = until;
  }

  /**
   * Waits for room for one such request, and keeps it for a minute, until `run` is called with this reservation.
   * Throws `rate_limited` where the hour has no room for it and its followers.
   */
  async reserve(request: Paced, { key, followers }: Reserved): Promise<void> {
    const booking = this.#reserved.get(key) ?? this.#reserveNow(request, followers);
    this.#reserved.set(key, booking);
    booking.catch(() => this.#reserved.delete(key));
    await booking;
  }

  /** Sends when the limits allow it. Throws `rate_limited` where the pause is too long to wait for. */
  async run<T>(
    request: Paced & { readonly reservation?: string | undefined },
    send: () => Promise<T>,
  ): Promise<T> {
    const booking = await this.#claim(request, request.reservation ?? "");
    const hour = this.#hourOf(request);
    try {
      await this.#until(() => hour.closedTo(request, this.#clock.now()), MAX_HOUR_WAIT_SECONDS);
      hour.sent(request);
      return await this.#turns.take(send).finally(() => {
        hour.ended();
      });
    } finally {
      // From the end on, because nobody knows when on its way GitHub counted it.
      for (const window of this.#windows) window.end(booking, this.#clock.now());
      for (const wake of this.#waiting.splice(0)) wake();
    }
  }

  #hourOf({ resource = "core" }: Paced): Hour {
    return this.#hours[resource];
  }

  /** A write that never comes gives its room back by itself, as if it had come a minute later. */
  async #reserveNow(request: Paced, followers: number): Promise<Booking> {
    await this.#begin();
    const { core } = this.#hours;
    await this.#until(() => core.closedToStart(1 + followers, this.#clock.now()), MAX_HOUR_WAIT_SECONDS);
    core.setAside(1 + followers);
    const booking = await this.#bookWhenItFits(request, () => this.#costsOfUnbooked());
    booking.countsFrom = new Date(this.#clock.now().getTime() + RESERVATION_SECONDS * 1000);
    return booking;
  }

  async #claim(request: Paced, reservation: string): Promise<Booking> {
    const reserving = this.#reserved.get(reservation);
    this.#reserved.delete(reservation);
    const reserved = await reserving;
    if (reserved?.countsFrom !== undefined && reserved.countsFrom >= this.#clock.now()) {
      reserved.countsFrom = undefined;
      return reserved;
    }
    await this.#begin();
    const unbooked = { ...request };
    this.#unbooked.add(unbooked);
    try {
      return await this.#bookWhenItFits(request, () => this.#windows.map(() => 0));
    } finally {
      this.#unbooked.delete(unbooked);
    }
  }

  /** Books in the same turn in which it saw the room, so that no two requests book the same. */
  async #bookWhenItFits(request: Paced, costsBefore: () => readonly number[]): Promise<Booking> {
    for (;;) {
      await this.#untilUnpaused();
      const now = this.#clock.now();
      const before = costsBefore();
      const waits = this.#windows.map((window, index) => window.waitFor(request, now, before[index]));
      if (waits.every(({ kind }) => kind === "none")) {
        const booking: Booking = { method: request.method, countsFrom: undefined };
        for (const window of this.#windows) window.book(booking);
        return booking;
      }
      await this.#wait(waits, now);
    }
  }

  #costsOfUnbooked(): readonly number[] {
    const waiting = [...this.#unbooked];
    return this.#windows.map((window) => waiting.reduce((sum, request) => sum + window.costOf(request), 0));
  }

  /** An end that is waited for only begins the time that is to pass. */
  async #wait(waits: readonly Wait[], now: Date): Promise<void> {
    if (waits.some(({ kind }) => kind === "in_flight")) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      return;
    }
    const times = waits.flatMap((wait) => (wait.kind === "until" ? [wait.time.getTime()] : []));
    await this.#clock.sleep(Math.max(...times) - now.getTime());
  }

  #untilUnpaused(): Promise<void> {
    return this.#until(() => this.#pausedUntil, MAX_PAUSE_SECONDS);
  }

  async #until(closedUntil: () => Date | undefined, mostSeconds: number): Promise<void> {
    for (;;) {
      const until = closedUntil();
      const milliseconds = (until?.getTime() ?? 0) - this.#clock.now().getTime();
      if (until === undefined || milliseconds <= 0) return;
      if (milliseconds > mostSeconds * 1000) throw tooLong(until);
      await this.#clock.sleep(milliseconds);
    }
  }

  #begin(): Promise<void> {
    this.#begun ??= this.#presume();
    return this.#begun;
  }

  /** The windows reach back to what a job just before this one has spent of them. */
  async #presume(): Promise<void> {
    if (this.#predecessor.kind === "nobody") return;
    const standing = await this.#predecessor.standing();
    if (standing !== undefined) this.#hours.core.note(standing);
    for (const [index, { presumed }] of LIMITS.entries())
      this.#windows[index]?.presume(presumed(standing?.used ?? Infinity), this.#clock.now());
  }
}

function tooLong(until: Date): SealringError {
  return new SealringError("rate_limited", `GitHub's rate limit is used up until ${formatInstant(until)}`, {
    hint: "nothing to do: the next scheduled run goes on",
  });
}
