import { readLog } from "../../commands/log.ts";
import type { LogResult } from "../../commands/log.ts";
import type { Site } from "../../commands/status.ts";
import type { Journal } from "../../github.ts";
import { entryPath } from "../../journal/entry.ts";
import { entryIn, lifetimesIn } from "./lifetime.ts";
import type { Lifetime } from "./lifetime.ts";
import type { Stretch } from "./scale.ts";

/** What the journal's history tells of one credential. */
export interface History {
  /** Newest first. */
  readonly lines: readonly LogResult[];
  /** `cut`: there may be older lines than these. */
  readonly reach: "whole" | "cut";
  /** Where less than the wanted days could be read: since when every token is known. */
  readonly knownFrom: Date | undefined;
  /** Oldest first. */
  readonly lifetimes: readonly Lifetime[];
  readonly site: Site;
}

interface Source {
  readonly journal: Journal;
  readonly access: Pick<Site, "webUrl">;
}

interface Wanted {
  readonly repository: string;
  readonly name: string;
  /** How many lines at most. */
  readonly limit: number;
  /** The days of which lifetimes are wanted. */
  readonly window: Stretch;
}

/** As the entry was at more commits than these, nobody needs to see. */
const MOST_COMMITS = 250;

/**
 * Reads the log, and of the last days the entry as it was when a token came.
 * @throws SealringError as `Journal` does.
 */
export async function readHistory(
  { journal, access }: Source,
  { repository, name, limit, window }: Wanted,
): Promise<History> {
  const lines = await readLog(journal, { name, limit });
  const telling = lines.filter(tellsOfTokens);
  const read = newestOf(telling, window);
  const commits = read.map(({ commit }) => commit);
  const texts = await journal.readAt(entryPath(name), commits);
  const entries = commits.toReversed().flatMap((commit) => {
    const text = texts.get(commit);
    return (text === undefined ? undefined : entryIn(name, text)) ?? [];
  });
  const revocations = lines.filter(({ what }) => what.kind === "event" && what.event.kind === "revoked");
  const lifetimes = lifetimesIn(
    entries,
    revocations.map(({ at }) => at),
  );
  const reach = lines.length < limit ? "whole" : "cut";
  const isCut = reach === "cut" || read.length < telling.length || read.at(-1)?.what.kind === "compacted";
  const [first] = lifetimes;
  return {
    ...{ lines, reach, lifetimes, site: { webUrl: access.webUrl, repository } },
    knownFrom: isCut && first !== undefined && first.from > window.from ? first.from : undefined,
  };
}

/** Of what tells of tokens, newest first: what lies within the window and one before, as far as anybody needs to see. */
function newestOf(telling: readonly LogResult[], { from }: Stretch): readonly LogResult[] {
  const within = telling.filter(({ at }) => at >= from).length;
  return telling.slice(0, Math.min(within + 1, MOST_COMMITS));
}

function tellsOfTokens({ what }: LogResult): boolean {
  switch (what.kind) {
    case "compacted":
      return true;
    case "by_hand":
      return false;
    case "event":
      return TELLING.has(what.event.kind);
  }
}

const TELLING: ReadonlySet<string> = new Set(["authorized", "refreshed", "recovered", "published"]);
