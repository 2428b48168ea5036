import type { JournalEntry } from "../journal/entry.ts";
import type { Reuse } from "../providers/provider.ts";
import { lastRunBefore, nextRunAfter } from "../protocol/schedule.ts";
import { wasProbed } from "../protocol/settle.ts";

/**
 * When the schedule next tries the old token of a lost answer, as `afterLostAnswer` decides it in each run: once, at the
 * last run before the access token's end, or more often where reuse is harmless; after that end at every run.
 * undefined: never.
 */
export function nextProbe(
  entry: JournalEntry,
  { schedule, reuse }: { readonly schedule: string; readonly reuse: Reuse },
  now: Date,
): Date | undefined {
  const { expiresAt } = entry;
  const next = nextRunAfter(schedule, now);
  if (expiresAt === undefined || expiresAt <= now) return next;
  // A run at the very end is after it.
  if (!mayProbe(entry, reuse, now)) return nextRunAfter(schedule, new Date(expiresAt.getTime() - 1));
  const last = lastRunBefore(schedule, expiresAt);
  return last === undefined || last <= now ? next : last;
}

/**
 * Whether the old token may be tried if somebody asks: while the access token lives only once, whoever asked, unless its
 * reuse is harmless.
 */
export function mayProbe({ expiresAt, intent }: JournalEntry, reuse: Reuse, now: Date): boolean {
  const isOver = expiresAt === undefined || expiresAt <= now;
  return isOver || reuse === "harmless" || intent === undefined || !wasProbed(intent);
}
