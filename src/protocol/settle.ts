import type { Envelope } from "../envelope/envelope.ts";
import { hasIntent } from "../journal/entry.ts";
import type { Intent, JournalEntry, OpenEntry } from "../journal/entry.ts";
import type { Reuse, Rotation } from "../providers/provider.ts";

/** Whether the owner of an open intent may still act on it. */
export type OwnerState = { readonly kind: "alive" } | { readonly kind: "over"; readonly endedAt: Date };

export interface Situation {
  /** undefined: the journal has no file of the credential. */
  readonly entry: JournalEntry | undefined;
  readonly envelope: Envelope;
  /** When this process's secrets were read; GitHub hands them out when a job starts. */
  readonly snapshotAt: Date;
  /** Of the journal's open intent, if there is one. */
  readonly owner: OwnerState;
}

/** What earlier runs left, and so what this one may do. */
export type Verdict =
  /** Envelope and journal agree. */
  | { readonly kind: "ready"; readonly entry: JournalEntry }
  /** The store took an intent's envelope and nobody committed it: commit and publish. */
  | { readonly kind: "stored"; readonly entry: OpenEntry }
  /** A request was sent and no answer is known. Of a stale snapshot only a sealed box may be replayed. */
  | { readonly kind: "answer_lost"; readonly entry: OpenEntry; readonly snapshot: "current" | "stale" }
  /** A person authorized it, and its new tokens wait on that person's own disk. */
  | { readonly kind: "waits_at_home"; readonly otherwise: Exclude<Verdict, { kind: "waits_at_home" }> }
  | { readonly kind: "busy"; readonly entry: OpenEntry }
  /** The envelope is older than the journal, or was read before the last owner ended. */
  | { readonly kind: "stale_snapshot" }
  /** Older than the journal although it was read after the commit: somebody overwrote the secret. */
  | { readonly kind: "overwritten"; readonly entry: JournalEntry }
  | { readonly kind: "journal_behind"; readonly entry: JournalEntry }
  | { readonly kind: "journal_missing" }
  /** Dead or revoked: nothing is sent until somebody authorizes again. */
  | { readonly kind: "ended"; readonly entry: JournalEntry };

/** Step 2 of the protocol, in its order. Pure. */
export function settle(situation: Situation): Verdict {
  const { entry, envelope } = situation;
  if (entry === undefined) return { kind: "journal_missing" };
  if (hasIntent(entry)) return settleIntent(entry, situation);
  if (entry.phase === "reauthorization_required" || entry.phase === "revoked")
    return { kind: "ended", entry };
  if (envelope.generation > entry.generation) return { kind: "journal_behind", entry };
  if (envelope.generation < entry.generation) return behind(entry, situation);
  return { kind: "ready", entry };
}

/** The commit is dated by a runner's clock, snapshots and secrets by GitHub's: closer than this they tell no order. */
export const CLOCK_SKEW_MILLISECONDS = 120_000;

function behind(entry: JournalEntry, { snapshotAt }: Situation): Verdict {
  const readAfterCommit =
    entry.committedAt !== undefined &&
    snapshotAt.getTime() > entry.committedAt.getTime() + CLOCK_SKEW_MILLISECONDS;
  return readAfterCommit ? { kind: "overwritten", entry } : { kind: "stale_snapshot" };
}

function settleIntent(entry: OpenEntry, situation: Situation): Verdict {
  const { envelope, snapshotAt, owner } = situation;
  if (owner.kind === "alive") return { kind: "busy", entry };
  if (envelope.generation === entry.intent.generation && envelope.nonce === entry.intent.nonce) {
    return { kind: "stored", entry };
  }
  const snapshot = snapshotAt <= owner.endedAt ? "stale" : "current";
  switch (entry.intent.kind) {
    case "refresh":
    case "probe":
      if (envelope.generation === entry.generation) return { kind: "answer_lost", entry, snapshot };
      if (snapshot === "stale") return { kind: "stale_snapshot" };
      if (envelope.generation > entry.generation) return { kind: "journal_behind", entry };
      return behind(entry, situation);
    case "authorize":
    case "replay":
    case "publish":
    case "revoke": {
      if (snapshot === "stale") return { kind: "stale_snapshot" };
      // Whoever opened it made sure that the owner of what it replaced was over by then.
      const before: OwnerState = { kind: "over", endedAt: entry.intent.openedAt };
      const otherwise = settle({ ...situation, entry: withoutIntent(entry), owner: before });
      if (entry.intent.kind !== "authorize" || entry.phase !== "spent") return otherwise;
      return otherwise.kind === "waits_at_home" ? otherwise : { kind: "waits_at_home", otherwise };
    }
  }
}

/** An intent that changed nothing outside the journal: what stood before it stands again. */
export function withoutIntent(entry: OpenEntry): JournalEntry {
  return { ...entry, intent: entry.intent.replaces, phase: entry.intent.resumes };
}

/**
 * The entry as it stands for the holder of a box: its intent is the one that nobody resolved. undefined: the box is of
 * another one, or somebody has spent or authorized since, whose envelope the store may have.
 */
export function unresolved(
  entry: JournalEntry,
  box: { readonly generation: number; readonly nonce: string },
): OpenEntry | undefined {
  if (!hasIntent(entry)) return undefined;
  const { generation, nonce, kind } = entry.intent;
  if (generation === box.generation && nonce === box.nonce) return entry;
  return kind === "replay" || kind === "publish" ? unresolved(withoutIntent(entry), box) : undefined;
}

/** What may be done about a lost answer. `probed`: it was tried, once, and nobody knows of that answer either. */
export type LostAnswer = "send_again" | "probe" | "wait" | "probed";

export interface LostSituation {
  readonly rotation: Rotation;
  readonly reuse: Reuse;
  readonly intent: Intent;
  /** Of the access token that consumers still hold; undefined: unknown. */
  readonly expiresAt: Date | undefined;
  readonly now: Date;
  /** The next scheduled run; undefined: there is none. */
  readonly nextRunAt: Date | undefined;
  /** A person asked for the probe. */
  readonly asked: boolean;
}

/**
 * A refresh token that may have been used is sent again only where that is safe, or where little is left to lose: on a
 * provider that revokes on reuse, sending it twice would end a grant that is perhaps alive. So there is one probe while
 * the access token lives, at the last scheduled run before its end or when a person asks; after it each run may. Where
 * reuse is known to be harmless there may be more of them, and no sooner: a refused probe ends the wait for an answer that
 * may still be in a sealed box somewhere.
 */
export function afterLostAnswer(situation: LostSituation): LostAnswer {
  const { rotation, reuse, intent, now, expiresAt, nextRunAt, asked } = situation;
  if (isSafeToRepeat(rotation, intent, now)) return "send_again";
  if (expiresAt === undefined || expiresAt <= now) return "probe";
  if (wasProbed(intent) && reuse !== "harmless") return "probed";
  const isLastRun = nextRunAt === undefined || nextRunAt >= expiresAt;
  return asked || isLastRun ? "probe" : "wait";
}

/** Whether a lost answer has been tried for already. */
export function wasProbed({ kind, replaces }: Intent): boolean {
  return kind === "probe" || (replaces !== undefined && wasProbed(replaces));
}

/** Whether an earlier request may have used the token that is sent under this intent. */
export function repeats({ replaces }: Intent): boolean {
  if (replaces === undefined) return false;
  return replaces.kind === "refresh" || replaces.kind === "probe" || repeats(replaces);
}

/** Whether the provider takes a refresh token again that an intent's request may have used. */
export function isSafeToRepeat(rotation: Rotation, intent: Intent, now: Date): boolean {
  switch (rotation.kind) {
    case "none":
    case "old_stays_valid":
      return true;
    case "grace":
      return now.getTime() < firstSentAt(intent).getTime() + rotation.seconds * 1_000;
    case "single_use":
    case "optional":
    case "unknown":
      return false;
  }
}

/** When its refresh token was sent first: an intent that sends the same token again replaces the one before it. */
export function firstSentAt({ openedAt, replaces }: Intent): Date {
  return replaces === undefined ? openedAt : firstSentAt(replaces);
}
