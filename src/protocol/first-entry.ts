import { newEntry } from "../journal/entry.ts";
import type { JournalEntry } from "../journal/entry.ts";
import type { Run } from "./run.ts";
import { storedEnvelope } from "./stored.ts";

/**
 * The entry of a credential that the journal knows nothing of. Where its envelope is there all the same, the journal was
 * lost, and with it how far the generations had come: they go on from the minutes since 1970, which no credential has
 * reached by counting, so that no older envelope ever looks like a newer one.
 */
export async function firstEntry(run: Run, name: string): Promise<JournalEntry> {
  const entry = newEntry(name);
  if ((await storedEnvelope(run, name)) === undefined) return entry;
  run.progress.say(`${name}: the journal knows nothing of its envelope; a new history begins`);
  return { ...entry, issued: Math.floor(run.clock.now().getTime() / 60_000) };
}
