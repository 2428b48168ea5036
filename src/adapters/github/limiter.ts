import { SealringError } from "../../errors.ts";
import type { Clock } from "../../ports.ts";
import { LIMITS, MAX_CONCURRENT, MAX_PAUSE_SECONDS } from "./limits.ts";
import type { Headers } from "./refusal.ts";
import { Window } from "./window.ts";
import type { Paced } from "./window.ts";

/**
 * Keeps one token's requests inside GitHub's documented limits: each waits until it fits. What has been reserved
 * passes at once. After a rate-limited answer everything pauses for as long as GitHub asks.
 */
export class Limiter {
  readonly #clock: Clock;
  readonly #windows = LIMITS.map((limit) => new Window(limit));
  readonly #reserved = new Map<string, Promise<void>>();
  readonly #queue: (() => void)[] = [];
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

  /** Waits for room for one such request, and holds it until `run` is called with this reservation. */
  reserve(request: Paced, reservation: string): Promise<void> {
    const known = this.#reserved.get(reservation);
    if (known !== undefined) return known;
    const held = this.#whenItFits(request, (window) => window.hold(request.method));
    this.#reserved.set(reservation, held);
    held.catch(() => this.#reserved.delete(reservation));
    return held;
  }

  /** Sends when the limits allow it. Throws `rate_limited` where GitHub's pause is too long to wait for. */
  async run<T>(
    request: Paced & { readonly reservation?: string | undefined },
    send: () => Promise<T>,
  ): Promise<T> {
    await this.#claim(request, request.reservation ?? "");
    await this.#enter();
    try {
      return await send();
    } finally {
      this.#leave();
    }
  }

  async #claim(request: Paced, reservation: string): Promise<void> {
    const spend = (window: Window) => window.spend(request.method, this.#clock.now());
    const held = this.#reserved.get(reservation);
    if (held === undefined) {
      await this.#whenItFits(request, spend);
      return;
    }
    this.#reserved.delete(reservation);
    await held;
    this.#windows.forEach((window) => window.release(request.method));
    this.#windows.forEach(spend);
    await this.#untilUnpaused();
  }

  /** Books in the same turn in which it saw the room, so that no two requests book the same. */
  async #whenItFits(request: Paced, book: (window: Window) => void): Promise<void> {
    for (;;) {
      await this.#untilUnpaused();
      const now = this.#clock.now();
      const longest = Math.max(...this.#windows.map((window) => window.waitMilliseconds(request, now)));
      if (longest === 0) {
        this.#windows.forEach(book);
        return;
      }
      await this.#clock.sleep(longest);
    }
  }

  async #untilUnpaused(): Promise<void> {
    for (;;) {
      const milliseconds = this.#pausedUntil.getTime() - this.#clock.now().getTime();
      if (milliseconds <= 0) return;
      if (milliseconds > MAX_PAUSE_SECONDS * 1000) throw tooLong(this.#pausedUntil);
      await this.#clock.sleep(milliseconds);
    }
  }

  async #enter(): Promise<void> {
    if (this.#running < MAX_CONCURRENT) {
      this.#running += 1;
      return;
    }
    // The one that leaves hands its place over, so the count stays.
    await new Promise<void>((resolve) => this.#queue.push(resolve));
  }

  #leave(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }
}

function tooLong(until: Date): SealringError {
  return new SealringError("rate_limited", `GitHub's rate limit is used up until ${until.toISOString()}`, {
    hint: "nothing to do: the next scheduled run goes on",
  });
}
