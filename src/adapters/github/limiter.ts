import { SealringError } from "../../errors.ts";
import { formatInstant } from "../../instant.ts";
import type { Clock } from "../../ports.ts";
import { LIMITS, MAX_CONCURRENT, MAX_PAUSE_SECONDS, RESERVATION_SECONDS } from "./limits.ts";
import type { Headers } from "./refusal.ts";
import { Window } from "./window.ts";
import type { Booking, Paced, Wait } from "./window.ts";

/**
 * Keeps one token's requests inside GitHub's documented limits: each waits until it fits. What has been reserved
 * passes at once. After a rate-limited answer everything pauses for as long as GitHub asks.
 */
export class Limiter {
  readonly #clock: Clock;
  readonly #windows = LIMITS.map((limit) => new Window(limit));
  readonly #reserved = new Map<string, Promise<Booking>>();
  readonly #queue: (() => void)[] = [];
  /** Those that wait for a request to end. */
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #pausedUntil = new Date(0);
  #requestsLeft: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What the server last said is left of the hour's requests (`x-ratelimit-remaining`). */
  get requestsLeft(): number | undefined {
    return this.#requestsLeft;
  }

  /** Takes what an answer's headers say is left, and lets no request out for as long as it asks. */
  note(headers: Headers, pauseSeconds: number | undefined): void {
    const left = headers["x-ratelimit-remaining"];
    if (left !== undefined) this.#requestsLeft = Number(left);
    if (pauseSeconds === undefined) return;
    const until = new Date(this.#clock.now().getTime() + pauseSeconds * 1000);
    if (until > this.#pausedUntil) this.#pausedUntil = until;
  }

  /** Waits for room for one such request, and keeps it for a minute, until `run` is called with this reservation. */
  async reserve(request: Paced, reservation: string): Promise<void> {
    const booking = this.#reserved.get(reservation) ?? this.#reserveNow(request);
    this.#reserved.set(reservation, booking);
    booking.catch(() => this.#reserved.delete(reservation));
    await booking;
  }

  /** Sends when the limits allow it. Throws `rate_limited` where GitHub's pause is too long to wait for. */
  async run<T>(
    request: Paced & { readonly reservation?: string | undefined },
    send: () => Promise<T>,
  ): Promise<T> {
    const booking = await this.#claim(request, request.reservation ?? "");
    try {
      await this.#untilUnpaused();
      return await this.#inTurn(send);
    } finally {
      // From the end on, because nobody knows when on its way GitHub counted it.
      booking.countsFrom = this.#clock.now();
      for (const wake of this.#waiting.splice(0)) wake();
    }
  }

  /** A write that never comes gives its room back by itself, as if it had come a minute later. */
  #reserveNow(request: Paced): Promise<Booking> {
    return this.#bookWhenItFits(request, (now) => new Date(now.getTime() + RESERVATION_SECONDS * 1000));
  }

  async #claim(request: Paced, reservation: string): Promise<Booking> {
    const reserving = this.#reserved.get(reservation);
    this.#reserved.delete(reservation);
    const reserved = await reserving;
    if (reserved?.countsFrom === undefined || reserved.countsFrom < this.#clock.now()) {
      return this.#bookWhenItFits(request, () => undefined);
    }
    reserved.countsFrom = undefined;
    return reserved;
  }

  /** Books in the same turn in which it saw the room, so that no two requests book the same. */
  async #bookWhenItFits(request: Paced, countsFrom: (now: Date) => Booking["countsFrom"]): Promise<Booking> {
    for (;;) {
      await this.#untilUnpaused();
      const now = this.#clock.now();
      const waits = this.#windows.map((window) => window.waitFor(request, now));
      if (waits.every(({ kind }) => kind === "none")) {
        const booking: Booking = { method: request.method, countsFrom: countsFrom(now) };
        for (const window of this.#windows) window.book(booking);
        return booking;
      }
      await this.#wait(waits, now);
    }
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

  async #untilUnpaused(): Promise<void> {
    for (;;) {
      const milliseconds = this.#pausedUntil.getTime() - this.#clock.now().getTime();
      if (milliseconds <= 0) return;
      if (milliseconds > MAX_PAUSE_SECONDS * 1000) throw tooLong(this.#pausedUntil);
      await this.#clock.sleep(milliseconds);
    }
  }

  async #inTurn<T>(send: () => Promise<T>): Promise<T> {
    if (this.#running < MAX_CONCURRENT) this.#running += 1;
    // The one that leaves hands its place over, so the count stays.
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    try {
      return await send();
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}

function tooLong(until: Date): SealringError {
  return new SealringError("rate_limited", `GitHub's rate limit is used up until ${formatInstant(until)}`, {
    hint: "nothing to do: the next scheduled run goes on",
  });
}
