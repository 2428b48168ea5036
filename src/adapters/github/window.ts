import type { Limit } from "../../github-limits.ts";

/** A request as the limits see it. */
export interface Paced {
  /** A GraphQL query counts as the `GET` that it is. */
  readonly method: string;
  readonly use: "secrets" | "journal";
  /** Whose primary limit it counts under; REST's where not given. */
  readonly resource?: "core" | "graphql";
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
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly cost: number;
}

/**
 * What is booked of one limit, in the window that ends now. Ends come in the order of time, so that asking costs no more
 * however much has gone through.
 */
export class Window {
  readonly #limit: Limit;
  /** On their way, or held by a reservation. */
  readonly #open = new Set<Booking>();
  #openCost = 0;
  /** Of what has ended, the earliest first; those before `#from` are over. */
  #ended: Expiry[] = [];
  #from = 0;
  #endedCost = 0;

  constructor(limit: Limit) {
    this.#limit = limit;
  }

  costOf({ method }: Pick<Paced, "method">): number {
    return this.#limit.cost(method);
  }

  book(booking: Booking): void {
    const cost = this.costOf(booking);
    if (cost === 0) return;
    this.#open.add(booking);
    this.#openCost += cost;
  }

  /** The request of this booking has ended now: it leaves the window when that is over. */
  end(booking: Booking, now: Date): void {
    if (this.#close(booking)) this.#leave(now, this.costOf(booking));
  }

  /** Takes so much of the capacity for spent just now by somebody else; what the journal alone may use stays free. */
  presume(cost: number, now: Date): void {
    const { capacity, journalShare } = this.#limit;
    const presumed = Math.min(cost, capacity - journalShare);
    if (presumed > 0) this.#leave(now, presumed);
  }

  /** When such a request fits, with room for as much again as waits before it. */
  waitFor({ method, use }: Paced, now: Date, before = 0): Wait {
    const { capacity, journalShare, cost } = this.#limit;
    if (cost(method) === 0) return { kind: "none" };
    this.#forget(now);
    const booked = this.#openCost + this.#endedCost + before;
    const excess = booked + cost(method) - (use === "journal" ? capacity : capacity - journalShare);
    return excess <= 0 ? { kind: "none" } : this.#whenFree(excess);
  }

  #whenFree(excess: number): Wait {
    let free = 0;
    for (const { time, cost } of this.#expiries()) {
      free += cost;
      if (free >= excess) return { kind: "until", time: new Date(time) };
    }
    return { kind: "in_flight" };
  }

  /** Reservations lapse between those that have ended. */
  #expiries(): readonly Expiry[] {
    const held = this.#reservations().map(({ booking, time }) => ({ time, cost: this.costOf(booking) }));
    const ended = this.#ended.slice(this.#from);
    return held.length === 0 ? ended : [...ended, ...held].sort((one, other) => one.time - other.time);
  }

  #reservations(): readonly { readonly booking: Booking; readonly time: number }[] {
    return [...this.#open].flatMap((booking) => {
      const { countsFrom } = booking;
      return countsFrom === undefined
        ? []
        : [{ booking, time: countsFrom.getTime() + this.#limit.seconds * 1_000 }];
    });
  }

  #forget(now: Date): void {
    for (const { booking, time } of this.#reservations()) if (time <= now.getTime()) this.#close(booking);
    let first = this.#ended[this.#from];
    while (first !== undefined && first.time <= now.getTime()) {
      this.#endedCost -= first.cost;
      this.#from += 1;
      first = this.#ended[this.#from];
    }
    if (this.#from <= this.#ended.length / 2) return;
    this.#ended = this.#ended.slice(this.#from);
    this.#from = 0;
  }

  #close(booking: Booking): boolean {
    const isOpen = this.#open.delete(booking);
    if (isOpen) this.#openCost -= this.costOf(booking);
    return isOpen;
  }

  #leave(now: Date, cost: number): void {
    this.#ended.push({ time: now.getTime() + this.#limit.seconds * 1_000, cost });
    this.#endedCost += cost;
  }
}
