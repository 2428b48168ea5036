import type { Limit } from "./limits.ts";

/** A request as the limits see it. */
export interface Paced {
  readonly method: string;
  readonly use: "secrets" | "journal";
}

/** A request that has its place in the windows. `countsFrom` is undefined while it is on its way. */
export interface Booking {
  readonly method: string;
  countsFrom: Date | undefined;
}

/** When there may be room again: at once, at a time, or when a request that is on its way has ended. */
export type Wait =
  | { readonly kind: "none" }
  | { readonly kind: "until"; readonly time: Date }
  | { readonly kind: "in_flight" };

interface Expiry {
  readonly time: Date;
  readonly cost: number;
}

/** What is booked of one limit, in the window that ends now. */
export class Window {
  readonly #limit: Limit;
  #bookings: Booking[] = [];

  constructor(limit: Limit) {
    this.#limit = limit;
  }

  book(booking: Booking): void {
    if (this.#limit.cost(booking.method) > 0) this.#bookings.push(booking);
  }

  /** When such a request fits. */
  waitFor({ method, use }: Paced, now: Date): Wait {
    const { capacity, journalShare, cost } = this.#limit;
    if (cost(method) === 0) return { kind: "none" };
    this.#bookings = this.#bookings.filter((booking) => !this.#isOver(booking, now));
    const booked = this.#bookings.reduce((sum, booking) => sum + cost(booking.method), 0);
    const excess = booked + cost(method) - (use === "journal" ? capacity : capacity - journalShare);
    return excess <= 0 ? { kind: "none" } : this.#whenFree(excess);
  }

  #whenFree(excess: number): Wait {
    let free = 0;
    for (const { time, cost } of this.#expiries().toSorted((a, b) => a.time.getTime() - b.time.getTime())) {
      free += cost;
      if (free >= excess) return { kind: "until", time };
    }
    return { kind: "in_flight" };
  }

  #expiries(): readonly Expiry[] {
    return this.#bookings.flatMap((booking) => {
      const time = this.#expiryOf(booking);
      return time === undefined ? [] : [{ time, cost: this.#limit.cost(booking.method) }];
    });
  }

  #isOver(booking: Booking, now: Date): boolean {
    const expiry = this.#expiryOf(booking);
    return expiry !== undefined && expiry <= now;
  }

  #expiryOf({ countsFrom }: Booking): Date | undefined {
    return countsFrom && new Date(countsFrom.getTime() + this.#limit.seconds * 1000);
  }
}
