import type { Credential } from "../declaration/credential.ts";
import { EXIT, SealringError } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { Ledger } from "../journal/ledger.ts";
import { warningOf } from "../lifetime.ts";
import type { Warning } from "../lifetime.ts";
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
  /** What the journal and the provider's declared lifetimes tell of its refresh token. */
  readonly warning: Warning | undefined;
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
  credential: Credential,
  found: JournalEntry | SealringError | undefined,
  now: Date,
): StatusResult {
  const { name, owner } = credential;
  const own = { credential: name, owner };
  if (found instanceof SealringError) {
    return { ...own, health: "needs_person", entry: undefined, hint: found.hint, warning: undefined };
  }
  const health = healthOf(found, now);
  const unfit = health === "needs_person" || health === "never_authorized" || health === "ambiguous";
  const waits = found?.phase === "spent" ? "a sealed box is waiting; run: sealring recover" : undefined;
  return {
    ...own,
    health,
    entry: found,
    hint: unfit ? `run: sealring authorize ${name}` : waits,
    warning: unfit || health === "revoked" ? undefined : warningFor(credential, found, now),
  };
}

/** Only declared lifetimes: what an answer said of them is in the envelope, which nobody reads here. */
function warningFor(credential: Credential, entry: JournalEntry | undefined, now: Date): Warning | undefined {
  if (entry?.committedAt === undefined || credential.grant === "client_credentials") return undefined;
  const { authorizedAt, committedAt: lastUsedAt } = entry;
  return warningOf(
    { provider: credential.provider, authorizedAt, lastUsedAt, refreshExpiresAt: undefined },
    now,
  );
}

/** How long after its deadline an intent still reads as work: its owner is gone by then, and no run has settled it. */
const OVERDUE_MILLISECONDS = 3_600_000;

function healthOf(entry: JournalEntry | undefined, now: Date): Health {
  if (entry === undefined) return "never_authorized";
  if (entry.generation === 0 && entry.phase !== "spent" && !isAtWork(entry, now)) return "never_authorized";
  switch (entry.phase) {
    case "intent":
    case "spent":
      return isAtWork(entry, now) || !isExpired(entry, now) ? "busy" : "expired";
    case "ambiguous":
      return "ambiguous";
    case "reauthorization_required":
      return "needs_person";
    case "revoked":
      return "revoked";
    case "committed":
      return isExpired(entry, now) ? "expired" : "fresh";
  }
}

function isAtWork({ intent }: JournalEntry, now: Date): boolean {
  return intent !== undefined && now.getTime() - intent.deadline.getTime() <= OVERDUE_MILLISECONDS;
}

function isExpired({ expiresAt }: JournalEntry, now: Date): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}

function needsPerson({ health, warning }: StatusResult): boolean {
  const unfit = health === "needs_person" || health === "ambiguous" || health === "never_authorized";
  return unfit || warning?.kind === "dies_of_age";
}
