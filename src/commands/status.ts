import type { Credential, Project } from "../declaration/credential.ts";
import { EXIT, SealringError } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { Ledger } from "../journal/ledger.ts";
import { warningOf } from "../lifetime.ts";
import type { Warning } from "../lifetime.ts";
import { jobPlaces, placeIn } from "../workflow/generate.ts";
import type { JobPlace } from "../workflow/generate.ts";
import { declare, faulty, select } from "./context.ts";
import type { Declared, Ports, Report } from "./context.ts";
import { healthOf, isUnfit } from "./health.ts";
import type { Health } from "./health.ts";
import { hintFor } from "./status-hint.ts";

/** Where a repository has its pages. */
export interface Site {
  /** Of its GitHub: scheme and host. */
  readonly webUrl: string;
  /** owner/name */
  readonly repository: string;
}

export interface StatusResult {
  readonly credential: string;
  readonly health: Health;
  readonly owner: string | undefined;
  /** undefined: the journal has no file of it. */
  readonly entry: JournalEntry | undefined;
  readonly hint: string | undefined;
  /** What the journal and the provider's declared lifetimes tell of its refresh token. */
  readonly warning: Warning | undefined;
  /** Of the repository that its journal is in. */
  readonly site: Site;
}

export interface StatusRequest {
  readonly names: readonly string[];
  /** `check` fails when something needs a person. */
  readonly mode: "show" | "check";
}

export interface StatusReport extends Report<StatusResult> {
  /** undefined: the declarations are faulty. */
  readonly declared: Declared | undefined;
}

/** `sealring status`: the journal, read only; no secret is needed for it. */
export async function status(ports: Ports, request: StatusRequest): Promise<StatusReport> {
  const declaring = declare(ports);
  if (declaring.kind === "faulty") return { ...faulty("status", declaring.faults), declared: undefined };
  const { declared } = declaring;
  const results = await statusOf(ports, declared, select(declared, request.names));
  const exit: ExitCode =
    request.mode === "check" && results.some(needsPerson) ? EXIT.personNeeded : EXIT.done;
  return { command: "status", exit, results, faults: [], declared };
}

/**
 * How these of the declared credentials are, in their order.
 * @throws SealringError as `connect` and `Journal` do.
 */
export async function statusOf(
  { connect, clock }: Pick<Ports, "connect" | "clock">,
  declared: Declared,
  credentials: readonly Credential[],
): Promise<readonly StatusResult[]> {
  const { repository } = declared;
  const { journal, access } = await connect(declared.project, repository);
  const site = { webUrl: access.webUrl, repository };
  const ledger = new Ledger(journal, clock);
  const places = jobPlaces(declared);
  const now = clock.now();
  return Promise.all(
    credentials.map(async (credential) =>
      describe(credential, await read(ledger, credential), {
        ...{ project: declared.project, site },
        place: placeIn(places, credential.environment),
        now,
      }),
    ),
  );
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

interface Context {
  readonly site: Site;
  readonly project: Project;
  /** Of the job that refreshes it. */
  readonly place: JobPlace;
  readonly now: Date;
}

function describe(
  credential: Credential,
  found: JournalEntry | SealringError | undefined,
  { project, site, place, now }: Context,
): StatusResult {
  const { name, owner } = credential;
  const own = { credential: name, owner, site };
  if (found instanceof SealringError) {
    return { ...own, health: "needs_person", entry: undefined, hint: found.hint, warning: undefined };
  }
  const health = healthOf(found, now);
  return {
    ...own,
    health,
    entry: found,
    hint: hintFor({ credential, health, entry: found, project, place, now }),
    warning: hasGrant(health) ? warningFor(credential, found, now) : undefined,
  };
}

/** Whether there is a grant whose end would be news. */
function hasGrant(health: Health): boolean {
  return health === "fresh" || health === "busy" || health === "expired";
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

/** Whether a person has to act, or consumers soon have no token. */
function needsPerson({ health, warning }: Pick<StatusResult, "health" | "warning">): boolean {
  return isUnfit(health) || warning?.kind === "dies_of_age";
}
