import type { Clock } from "../../src/ports.ts";

interface Timer {
  readonly at: number;
  readonly ring: () => void;
}

/** A clock that only the work moves, with timers that ring as it passes them. */
export class VirtualClock implements Clock {
  #milliseconds: number;
  readonly #timers = new Set<Timer>();

  constructor(start: string) {
    this.#milliseconds = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#milliseconds);
  }

  /** Takes no time and passes it. A wait that may be called off lasts until it is, or until others have passed its time. */
  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal === undefined) {
      this.pass(milliseconds);
      return;
    }
    await new Promise<void>((resolve) => {
      const cancel = this.ring(milliseconds, resolve);
      const callOff = () => {
        cancel();
        resolve();
      };
      if (signal.aborted) callOff();
      else signal.addEventListener("abort", callOff, { once: true });
    });
  }

  /** Calls back when so much time has passed; gives what takes that back. */
  ring(milliseconds: number, ring: () => void): () => void {
    const timer = { at: this.#milliseconds + milliseconds, ring };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  pass(milliseconds: number): void {
    const end = this.#milliseconds + milliseconds;
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#milliseconds = Math.max(this.#milliseconds, next.at);
      next.ring();
    }
    this.#milliseconds = Math.max(this.#milliseconds, end);
  }

  /** Passes the time until then; none where that is over. */
  passUntil(then: Date): void {
    this.pass(Math.max(0, then.getTime() - this.#milliseconds));
  }

  #next(end: number): Timer | undefined {
    const due = [...this.#timers].filter(({ at }) => at <= end);
    return due.toSorted((a, b) => a.at - b.at)[0];
  }
}
