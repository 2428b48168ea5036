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
  start(wanted: Wanted, work: (teller: Teller) => Promise<Result>): Operation {
    const busy = this.newestOf(wanted.credential);
    if (busy !== undefined && busy.end === undefined) return busy;
    const operation: Operation = {
      id: Buffer.from(this.#parts.random(ID_BYTES)).toString("base64url"),
      ...wanted,
      startedAt: this.#parts.clock.now(),
      said: [],
      invitation: undefined,
      url: undefined,
      end: undefined,
      endedAt: undefined,
    };
    this.#kept = [operation, ...this.#kept].filter((each, at) => at < MOST_KEPT || each.end === undefined);
    this.#running.set(operation.id, this.#run(operation.id, work));
    this.#parts.live.tell("operations");
    return operation;
  }

  /** Waits until nothing runs any more. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  async #run(id: string, work: (teller: Teller) => Promise<Result>): Promise<void> {
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
    const end = await endOf(work, teller);
    this.#change(id, (old) => ({ ...old, invitation: undefined, end, endedAt: clock.now() }));
    this.#running.delete(id);
    live.tell("journal");
  }

  #change(id: string, change: (old: Operation) => Operation): void {
    this.#kept = this.#kept.map((each) => (each.id === id ? change(each) : each));
    this.#parts.live.tell("operations");
  }
}

async function endOf(work: (teller: Teller) => Promise<Result>, teller: Teller): Promise<End> {
  try {
    return { kind: "done", result: await work(teller) };
  } catch (error) {
    return { kind: "failed", error: told(error) };
  }
}

/** What a page tells of what ended its work. */
export function told(error: unknown): StepError {
  const { code, message, hint, reason } = knownError(error);
  return { code, message, hint, reason };
}
