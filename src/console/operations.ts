import { knownError } from "../errors.ts";
import type { Clock, Invitation, RandomBytes } from "../ports.ts";
import type { StepError } from "../commands/step.ts";
import type { Live } from "./live.ts";
import type { Masked } from "./masked.ts";
import type { End, Operation, OperationKind, Result } from "./operation.ts";

/** How work tells of itself while it goes on. */
export interface Teller {
  readonly say: (line: string) => void;
  /** undefined: what the person was invited to is done. */
  readonly invite: (invitation: Invitation | undefined) => void;
  /** Where on GitHub it can be watched. */
  readonly watchAt: (url: string) => void;
}

/** @param mayLeave from then on it goes on without us; gives what aborts when the person wants to watch it no more */
type Work = (teller: Teller, mayLeave: () => AbortSignal) => Promise<Result>;

interface Wanted {
  readonly kind: OperationKind;
  readonly credential: string | undefined;
}

/** Long enough for a log, and bounded. */
const MOST_LINES = 500;
const MOST_KEPT = 100;
const ID_BYTES = 9;

interface Parts {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly live: Live;
  readonly masked: Masked;
}

/** The long work of this console: one at a time for each credential; the newest are kept, and all that still run. */
export class Operations {
  readonly #parts: Parts;
  #kept: readonly Operation[] = [];
  readonly #running = new Map<string, Promise<void>>();
  readonly #leaving = new Map<string, AbortController>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Newest first. */
  get all(): readonly Operation[] {
    return this.#kept;
  }

  find(id: string): Operation | undefined {
    return this.#kept.find((operation) => operation.id === id);
  }

  /** The newest of a credential, or, for undefined, of the whole repository. */
  newestOf(credential: string | undefined): Operation | undefined {
    return this.#kept.find((operation) => operation.credential === credential);
  }

  /** Starts work; where the same credential has some already, gives that. */
  start(wanted: Wanted, work: Work): Operation {
    const busy = this.newestOf(wanted.credential);
    if (busy !== undefined && busy.end === undefined) return busy;
    const operation: Operation = {
      id: Buffer.from(this.#parts.random(ID_BYTES)).toString("base64url"),
      ...wanted,
      startedAt: this.#parts.clock.now(),
      said: [],
      invitation: undefined,
      url: undefined,
      mayLeave: false,
      end: undefined,
      endedAt: undefined,
    };
    this.#kept = [operation, ...this.#kept].filter((each, at) => at < MOST_KEPT || each.end === undefined);
    this.#running.set(operation.id, this.#run(operation.id, work));
    this.#parts.live.tell("operations");
    return operation;
  }

  /** Ends the watching of what goes on without us; nothing where it may not be left. */
  leave(id: string): void {
    this.#leaving.get(id)?.abort();
    this.#change(id, (old) => ({ ...old, mayLeave: false }));
  }

  /** Waits until nothing runs any more. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  async #run(id: string, work: Work): Promise<void> {
    const { clock, masked, live } = this.#parts;
    const teller: Teller = {
      say: (line) => {
        const said = { at: clock.now(), line: masked.scrub(line) };
        this.#change(id, (old) => ({ ...old, said: [...old.said, said].slice(-MOST_LINES) }));
      },
      invite: (invitation) => {
        this.#change(id, (old) => ({ ...old, invitation }));
      },
      watchAt: (url) => {
        this.#change(id, (old) => ({ ...old, url }));
      },
    };
    const mayLeave = () => {
      const leaving = new AbortController();
      this.#leaving.set(id, leaving);
      this.#change(id, (old) => ({ ...old, mayLeave: true }));
      return leaving.signal;
    };
    const end = await endOf(() => work(teller, mayLeave));
    this.#leaving.delete(id);
    const over = { invitation: undefined, mayLeave: false, end, endedAt: clock.now() };
    this.#change(id, (old) => ({ ...old, ...over }));
    this.#running.delete(id);
    live.tell("journal");
  }

  #change(id: string, change: (old: Operation) => Operation): void {
    this.#kept = this.#kept.map((each) => (each.id === id ? change(each) : each));
    this.#parts.live.tell("operations");
  }
}

async function endOf(work: () => Promise<Result>): Promise<End> {
  try {
    return { kind: "done", result: await work() };
  } catch (error) {
    return { kind: "failed", error: told(error) };
  }
}

/** What a page tells of what ended its work. */
export function told(error: unknown): StepError {
  const { code, message, hint, reason } = knownError(error);
  return { code, message, hint, reason };
}
