import type { Answer, Call, Reply } from "./call.ts";

interface Open {
  readonly call: Call;
  readonly settle: (reply: Reply) => void;
}

/**
 * Where the calls of one process wait for their answers. The model decides what each is told, in which order, and what
 * time it is by then.
 */
export class Desk {
  /** The number of the current instant. */
  now: number;
  #open: readonly Open[] = [];

  constructor(now: number) {
    this.now = now;
  }

  get calls(): readonly Call[] {
    return this.#open.map(({ call }) => call);
  }

  ask(call: Call): Promise<Reply> {
    return new Promise((settle) => {
      this.#open = [...this.#open, { call, settle }];
    });
  }

  /** A wait that nobody minds any more when the signal is aborted. */
  async wait(signal: AbortSignal | undefined): Promise<void> {
    const call: Call = { kind: "wait", until: signal === undefined ? "later" : "too_late" };
    const waiting = this.ask(call);
    const aborted = new Promise<void>((resolve) => {
      signal?.addEventListener("abort", () => {
        this.#open = this.#open.filter((open) => open.call !== call);
        resolve();
      });
    });
    await Promise.race([waiting, aborted]);
  }

  answer({ call, at, reply }: Answer): void {
    const open = this.#open[call];
    if (open === undefined) throw new Error("a process does not do the same when it is run again");
    this.now = at;
    this.#open = this.#open.filter((other) => other !== open);
    open.settle(reply);
  }
}
