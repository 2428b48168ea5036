import { decodeEntry } from "../../journal/codec.ts";
import type { JournalEntry } from "../../journal/entry.ts";

/** How long one generation's access token lives. */
export interface Lifetime {
  readonly generation: number;
  readonly how: "authorized" | "refreshed";
  readonly from: Date;
  /** undefined: it has no end, or nobody has said which. */
  readonly until: Date | undefined;
  /** When the next one took its place, or it was revoked; undefined: it is the newest. */
  readonly leftAt: Date | undefined;
}

/** The entry in an old text of the journal; undefined for one that cannot be read: it is left out of the picture. */
export function entryIn(name: string, text: string): JournalEntry | undefined {
  try {
    return decodeEntry(name, text);
  } catch {
    return undefined;
  }
}

/**
 * The lifetimes that an entry went through, oldest first. `entries`: as it was then and then, oldest first; what is said
 * last of a generation counts, because the end of a recovered token is known only later. Pure.
 */
export function lifetimesIn(
  entries: readonly JournalEntry[],
  revocations: readonly Date[],
): readonly Lifetime[] {
  const found = new Map<number, Lifetime>();
  for (const entry of entries) {
    const { generation, committedAt: from, expiresAt } = entry;
    if (generation === 0 || from === undefined) continue;
    const how = entry.authorizedAt?.getTime() === from.getTime() ? "authorized" : "refreshed";
    const until = expiresAt ?? found.get(generation)?.until;
    found.set(generation, { generation, how, from, until, leftAt: undefined });
  }
  const sorted = [...found.values()].toSorted((a, b) => a.from.getTime() - b.from.getTime());
  return sorted.map((lifetime, index) => {
    const ends = [...revocations, sorted[index + 1]?.from].filter(
      (at) => at !== undefined && at > lifetime.from,
    );
    return { ...lifetime, leftAt: earliest(ends) };
  });
}

function earliest(instants: readonly (Date | undefined)[]): Date | undefined {
  return instants.reduce(
    (first, at) => (first === undefined || (at ?? first) < first ? at : first),
    undefined,
  );
}
