import { CREDENTIAL_NAME } from "../declaration/credential.ts";
import { EXIT } from "../errors.ts";
import { entryPath } from "../journal/entry.ts";
import type { JournalEvent } from "../journal/event.ts";
import { readMessage } from "../journal/message.ts";
import type { Compaction } from "../journal/message.ts";
import type { Journal, JournalCommit } from "../github.ts";
import { declare, faulty, named } from "./context.ts";
import type { Ports, Report } from "./context.ts";

/** One line of the audit log. */
export interface LogResult {
  /** The id of the journal's commit. */
  readonly commit: string;
  readonly at: Date;
  readonly what: Logged;
}

/** `by_hand`: a commit that sealring did not write; of what it says nothing is repeated. */
export type Logged =
  | {
      readonly kind: "event";
      readonly credential: string;
      readonly event: JournalEvent;
      readonly runUrl: string | undefined;
    }
  | ({ readonly kind: "compacted" } & Compaction)
  | { readonly kind: "by_hand" };

export interface LogRequest {
  /** undefined: every credential. */
  readonly name: string | undefined;
  /** How many lines at most. */
  readonly limit: number;
}

/**
 * `sealring log`: the journal's history, newest first; no secret is needed for it. A credential that is no longer
 * declared is shown as long as the journal has it.
 * @throws SealringError `usage` for a name that neither a file nor the journal has.
 */
export async function log(ports: Ports, { name, limit }: LogRequest): Promise<Report<LogResult>> {
  const declaring = declare(ports);
  if (declaring.kind === "faulty") return faulty("log", declaring.faults);
  const { project, repository, credentials } = declaring.declared;
  if (name !== undefined && !CREDENTIAL_NAME.test(name)) named(credentials, name);
  const { journal } = await ports.connect(project, repository);
  const results = await readLog(journal, { name, limit });
  if (name !== undefined && results.length === 0) named(credentials, name);
  return { command: "log", exit: EXIT.done, results, faults: [] };
}

/**
 * The newest lines of the journal's history, newest first; of a credential, every commit that changed its file has one.
 * @throws SealringError as `Journal` does.
 */
export async function readLog(journal: Journal, { name, limit }: LogRequest): Promise<readonly LogResult[]> {
  const path = name === undefined ? undefined : entryPath(name);
  const commits = await journal.history({ path, limit });
  return commits.flatMap((commit) => linesOf(commit, name)).slice(0, limit);
}

function linesOf({ id, at, message }: JournalCommit, name: string | undefined): readonly LogResult[] {
  const found = readMessage(message);
  const logged = found === undefined ? [] : loggedOf(found, name);
  const lines: readonly Logged[] = logged.length === 0 ? [{ kind: "by_hand" }] : logged;
  return lines.map((what) => ({ commit: id, at, what }));
}

function loggedOf(
  message: NonNullable<ReturnType<typeof readMessage>>,
  name: string | undefined,
): readonly Logged[] {
  if (message.kind === "compacted") return [message];
  const { events, runUrl } = message;
  return events
    .filter((each) => name === undefined || each.name === name)
    .map(({ name: credential, event }) => ({ kind: "event", credential, event, runUrl }));
}
