import { newEntry } from "../journal/entry.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { skipNumbers } from "../journal/moves.ts";
import type { Run } from "./run.ts";
import { CLOCK_SKEW_MILLISECONDS } from "./settle.ts";
import { storedEnvelope } from "./stored.ts";

/**
 * The entry to authorize on. Where an envelope is there that the journal knows nothing of, the branch was deleted or reset,
 * and with it how far the generations had come: they go on from the minutes since 1970, which no credential has reached
 * by counting, so that no older envelope ever looks like a newer one.
 */
export async function unusedNumbers(
  run: Run,
  name: string,
  known: JournalEntry | undefined,
): Promise<JournalEntry> {
  const entry = known ?? newEntry(name);
  const stored = await storedEnvelope(run, name);
  const knownUntil = (entry.committedAt?.getTime() ?? Number.NaN) + CLOCK_SKEW_MILLISECONDS;
  if (stored === undefined || stored.updatedAt.getTime() <= knownUntil) return entry;
  return skipNumbers(entry, Math.floor(run.clock.now().getTime() / 60_000));
}
