import { doctor } from "../../commands/doctor.ts";
import type { Report } from "../../commands/context.ts";
import type { StepError } from "../../commands/step.ts";
import type { Finding } from "../../doctor/finding.ts";
import type { Console } from "../console.ts";
import { told } from "../operations.ts";

/** A look at everything that may be in the way. */
export interface Checkup {
  readonly startedAt: Date;
  /** undefined: it goes on. */
  readonly end: CheckupEnd | undefined;
}

export type CheckupEnd =
  | { readonly kind: "examined"; readonly report: Report<Finding> }
  | { readonly kind: "failed"; readonly error: StepError };

/** The newest look of each kind: at the whole repository, and at single credentials. It changes nothing. */
export class Checkups {
  readonly #console: Console;
  readonly #newest = new Map<string | undefined, Checkup>();

  constructor(console: Console) {
    this.#console = console;
  }

  /** Of one credential, or, for undefined, of the whole repository. */
  find(name: string | undefined): Checkup | undefined {
    return this.#newest.get(name);
  }

  /** Starts one in the background; where one goes on, gives that. */
  start(name: string | undefined): Checkup {
    const known = this.#newest.get(name);
    if (known !== undefined && known.end === undefined) return known;
    const started: Checkup = { startedAt: this.#console.ports.clock.now(), end: undefined };
    this.#newest.set(name, started);
    void this.#examine(name).then((end) => {
      this.#newest.set(name, { ...started, end });
      this.#console.live.tell("operations");
    });
    return started;
  }

  async #examine(name: string | undefined): Promise<CheckupEnd> {
    const { ports } = this.#console;
    try {
      return { kind: "examined", report: await doctor(ports, { nodeVersion: ports.nodeVersion, name }) };
    } catch (error) {
      return { kind: "failed", error: told(error) };
    }
  }
}
