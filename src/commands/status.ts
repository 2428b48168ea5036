import type { Credential } from "../declaration/credential.ts";
import { EXIT, SealringError } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { Ledger } from "../journal/ledger.ts";
import { declare, faulty, select } from "./context.ts";
import type { Ports, Report } from "./context.ts";

/** How a credential is, in one word. */
export type Health =
  "fresh" | "expired" | "busy" | "ambiguous" | "needs_person" | "revoked" | "never_authorized";

export interface StatusResult {
  readonly credential: string;
  readonly health: Health;
  readonly owner: string | undefined;
  /** undefined: the journal has no file of it. */
  readonly entry: JournalEntry | undefined;
  readonly hint: string | undefined;
}

export interface StatusRequest {
  readonly names: readonly string[];
  /** `check` fails when something needs a person. */
  readonly mode: "show" | "check";
}

/** `sealring status`: the journal, read only; no secret is needed for it. */
export async function status(ports: Ports, request: StatusRequest): Promise<Report<StatusResult>> {
  const declaring = declare(ports);
  if (declaring.kind === "faulty") return faulty("status", declaring.faults);
  const { declared } = declaring;
  const { journal } = await ports.connect(declared.project, declared.repository);
  const ledger = new Ledger(journal, ports.clock);
  const now = ports.clock.now();
  const results = await Promise.all(
    select(declared, request.names).map(async (credential) =>
      describe(credential, await read(ledger, credential), now),
    ),
  );
  const exit: ExitCode =
    request.mode === "check" && results.some(needsPerson) ? EXIT.personNeeded : EXIT.done;
  return { command: "status", exit, results, faults: [] };
}

/** An entry that cannot be read needs a person, as much as one that says so. */
async function read(ledger: Ledger, { name }: Credential): Promise<JournalEntry | SealringError | undefined> {
  try {
    return await ledger.read(name);
  } catch (error) {
    if (error instanceof SealringError && error.code === "reauthorization_required") return error;
    throw error;
  }
}

function describe(
  { name, owner }: Credential,
  found: JournalEntry | SealringError | undefined,
  now: Date,
): StatusResult {
  if (found instanceof SealringError) {
    return { credential: name, health: "needs_person", owner, entry: undefined, hint: found.hint };
  }
  const health = healthOf(found, now);
  const unfit = health === "needs_person" || health === "never_authorized" || health === "ambiguous";
  const waits = found?.phase === "spent" ? "a sealed box is waiting; run: sealring recover" : undefined;
  return {
    credential: name,
    health,
    owner,
    entry: found,
    hint: unfit ? `run: sealring authorize ${name}` : waits,
  };
}

function healthOf(entry: JournalEntry | undefined, now: Date): Health {
  if (entry === undefined || (entry.generation === 0 && entry.intent === undefined))
    return "never_authorized";
  switch (entry.phase) {
    case "intent":
    case "spent":
      return "busy";
    case "ambiguous":
      return "ambiguous";
    case "reauthorization_required":
      return "needs_person";
    case "revoked":
      return "revoked";
    case "committed":
      return entry.expiresAt !== undefined && entry.expiresAt <= now ? "expired" : "fresh";
  }
}

function needsPerson({ health }: StatusResult): boolean {
  return health === "needs_person" || health === "ambiguous" || health === "never_authorized";
}
