import { doctor } from "../../commands/doctor.ts";
import type { Report } from "../../commands/context.ts";
import type { StepError } from "../../commands/step.ts";
import type { Finding } from "../../doctor/finding.ts";
import type { Console } from "../console.ts";
import { filesSeen } from "../declarations.ts";
import { told } from "../operations.ts";

/** A look at everything that may be in the way. */
export interface Checkup {
  readonly startedAt: Date;
  /** The fingerprint of the files that it looked at. */
  readonly files: string;
  /** undefined: it goes on. */
  readonly end: CheckupEnd | undefined;
}

export type CheckupEnd =
  | { readonly kind: "examined"; readonly report: Report<Finding> }
  | { readonly kind: "failed"; readonly error: StepError };

/** `work`: something was done here since; `files`: they are others by now. */
export type Outdating = "work" | "files" | "time";

/** Somebody who mends what was found, with git or at GitHub, is back after this. */
const FRESH_MILLISECONDS = 120_000;

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
    const { ports } = this.#console;
    const started: Checkup = { startedAt: ports.clock.now(), files: filesSeen(ports), end: undefined };
    this.#newest.set(name, started);
    void this.#examine(name).then((end) => {
      this.#newest.set(name, { ...started, end });
      this.#console.live.tell("operations");
    });
    return started;
  }

  /** What may have changed what was found; undefined: nothing that the console knows of. */
  outdatedBy({ startedAt, files }: Checkup): Outdating | undefined {
    const { operations, ports } = this.#console;
    if (operations.all.some(({ endedAt }) => endedAt !== undefined && endedAt > startedAt)) return "work";
    if (filesSeen(ports) !== files) return "files";
    const age = ports.clock.now().getTime() - startedAt.getTime();
    return age < FRESH_MILLISECONDS ? undefined : "time";
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
