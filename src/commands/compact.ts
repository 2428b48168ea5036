import { EXIT, SealringError } from "../errors.ts";
import { decodeEntry } from "../journal/codec.ts";
import { hasIntent } from "../journal/entry.ts";
import { describeMessage } from "../journal/message.ts";
import type { Compaction } from "../journal/message.ts";
import type { Journal, JournalSnapshot } from "../github.ts";
import { declare, faulty } from "./context.ts";
import type { Ports, Report } from "./context.ts";

/** `short`: the history is one commit, or none. `kept`: the person said no. */
export type CompactResult =
  { readonly outcome: "compacted"; readonly replaced: Compaction } | { readonly outcome: "short" | "kept" };

export interface CompactRequest {
  readonly consent: "ask" | "given";
}

/** As far as the history is counted. */
const MOST_COMMITS = 1_000;

const ENTRY = /^credentials\/([a-z0-9-]+)\.json$/;

/**
 * `sealring log --compact`: one commit in the place of the journal's whole history; its files stay, byte for byte.
 * @throws SealringError `transient` while a credential has an open intent, or when another writer was first; then nothing
 *   was changed.
 */
export async function compact(ports: Ports, { consent }: CompactRequest): Promise<Report<CompactResult>> {
  const declaring = declare(ports);
  if (declaring.kind === "faulty") return faulty("log", declaring.faults);
  const { project, repository } = declaring.declared;
  const { journal } = await ports.connect(project, repository);
  const from = await journal.head();
  await refuseOpenIntents(journal, from);
  const replaced = await historyOf(journal, from);
  if (replaced === undefined) return reportOf({ outcome: "short" });
  if (consent === "ask" && !(await isConfirmed(ports, replaced, project.stateBranch)))
    return reportOf({ outcome: "kept" });
  await replace(journal, from, describeMessage({ kind: "compacted", ...replaced }));
  return reportOf({ outcome: "compacted", replaced });
}

function reportOf(result: CompactResult): Report<CompactResult> {
  return { command: "log", exit: EXIT.done, results: [result], faults: [] };
}

/** Of what is not settled yet, the history is what a person looks into. */
async function refuseOpenIntents(journal: Journal, { files }: JournalSnapshot): Promise<void> {
  const entries = await Promise.all(
    [...files].flatMap(([path, blob]) => {
      const name = ENTRY.exec(path)?.[1];
      return name === undefined ? [] : [journal.read(blob).then((text) => decodeEntry(name, text))];
    }),
  );
  const open = entries.filter(hasIntent).map(({ name, intent }) => `${name} (${intent.kind})`);
  if (open.length === 0) return;
  throw new SealringError("transient", `nothing was compacted: an intent is open, of ${open.join(", ")}`, {
    hint: "run again when it is settled; this shows how it is: sealring status",
  });
}

async function historyOf(journal: Journal, { commit }: JournalSnapshot): Promise<Compaction | undefined> {
  const commits = await journal.history({ path: undefined, limit: MOST_COMMITS });
  if (commit === undefined || commits.length <= 1) return undefined;
  const [last] = commits;
  if (last?.id !== commit) throw overtaken();
  return { commits: commits.length, until: commit, at: last.at };
}

function isConfirmed({ prompt }: Ports, { commits }: Compaction, branch: string): Promise<boolean> {
  if (prompt.interactive)
    return prompt.confirm(`Put one commit in the place of the ${String(commits)} of ${branch}, for good?`);
  throw new SealringError("usage", "a compaction cannot be undone, and nobody is there to confirm it", {
    hint: "run: sealring log --compact --yes",
  });
}

async function replace(journal: Journal, from: JournalSnapshot, message: string): Promise<void> {
  const { kind } = await journal.compact(from, message);
  if (kind === "won") return;
  if (kind === "lost" || !(await hasLanded(journal, message))) throw overtaken();
}

/** The message names the commit that was replaced, so that it is nobody else's. Others may have written on top of it. */
async function hasLanded(journal: Journal, message: string): Promise<boolean> {
  const commits = await journal.history({ path: undefined, limit: MOST_COMMITS });
  return commits.some((commit) => commit.message === message);
}

function overtaken(): SealringError {
  return new SealringError(
    "transient",
    "another writer was first, or GitHub refused: nothing was compacted",
    {
      hint: "run again: sealring log --compact",
    },
  );
}
