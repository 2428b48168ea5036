import type { EntryError, Intent, JournalEntry, OpenEntry } from "./entry.ts";

/** What is known of a token set, without a token in it. */
export interface Granted {
  readonly expiresAt: Date | undefined;
  readonly scope: readonly string[] | undefined;
}

/** Everything that can happen to an entry. Each gives the entry after it; none looks at a clock. */

/**
 * Opens an intent under the next number; one that is still open is kept inside it. Probe after probe is one: a provider
 * that is down for a month must not make the entry grow with every run.
 */
export function openIntent(
  entry: JournalEntry,
  intent: Omit<Intent, "generation" | "releasedAt" | "replaces" | "resumes">,
): OpenEntry {
  const generation = Math.max(entry.issued, entry.generation) + 1;
  const probesAgain = intent.kind === "probe" && entry.intent?.kind === "probe";
  const replaces = probesAgain ? entry.intent.replaces : entry.intent;
  const opened: Intent = { ...intent, generation, releasedAt: undefined, replaces, resumes: entry.phase };
  return { ...entry, issued: generation, intent: opened, phase: "intent" };
}

/** Closes an intent that came to nothing: what stood before it stands again. */
export function dropIntent(entry: OpenEntry, error: EntryError | undefined): JournalEntry {
  const { replaces, resumes } = entry.intent;
  return { ...entry, intent: replaces, phase: resumes, error: error ?? entry.error };
}

/** The store has the intent's generation: it is the committed one from here on. */
export function commitIntent(
  entry: OpenEntry,
  done: { readonly at: Date; readonly runUrl: string | undefined; readonly granted: Granted },
): JournalEntry {
  const authorized = entry.intent.kind === "authorize";
  return {
    ...entry,
    generation: entry.intent.generation,
    nonce: entry.intent.nonce,
    intent: undefined,
    phase: "committed",
    authorizedAt: authorized ? done.at : entry.authorizedAt,
    refreshedAt: authorized ? entry.refreshedAt : done.at,
    committedAt: done.at,
    expiresAt: done.granted.expiresAt,
    scope: done.granted.scope,
    runUrl: done.runUrl,
    boxRun: runOf(entry.intent),
    error: undefined,
  };
}

/**
 * The intent stays open and the entry says why: spent and waiting, or ambiguous. Its owner gives it up at `at`:
 * from then on another may settle it.
 */
export function holdIntent(
  entry: OpenEntry,
  held: { readonly phase: "spent" | "ambiguous"; readonly at: Date; readonly error: EntryError },
): JournalEntry {
  const intent = { ...entry.intent, releasedAt: held.at };
  return { ...entry, intent, phase: held.phase, error: held.error };
}

/** An answer is in hand and its store has not taken it yet; the owner is still at it. */
export function markSpent(entry: OpenEntry, error: EntryError): OpenEntry {
  return { ...entry, phase: "spent", error };
}

export interface Replayed {
  readonly generation: number;
  readonly nonce: string;
  readonly at: Date;
  readonly unpublished: readonly string[];
}

/**
 * The store took the box of an earlier owner's intent, or the kept one of the committed generation; its outputs are
 * still to be published.
 */
export function commitReplay(entry: OpenEntry, replayed: Replayed): JournalEntry {
  const { generation, nonce, at, unpublished } = replayed;
  const { replaces } = entry.intent;
  const authorized = replaces?.kind === "authorize";
  return {
    ...entry,
    generation,
    nonce,
    intent: undefined,
    phase: "committed",
    authorizedAt: authorized ? at : entry.authorizedAt,
    refreshedAt: authorized ? entry.refreshedAt : at,
    committedAt: at,
    expiresAt: undefined,
    boxRun: replaces === undefined ? entry.boxRun : runOf(replaces),
    error: undefined,
    unpublished,
  };
}

function runOf({ owner }: Intent): string | undefined {
  return owner.kind === "run" ? owner.runId : undefined;
}

/** The grant is dead, or the client is: no request until somebody authorizes again. */
export function needsAuthorization(entry: JournalEntry, error: EntryError): JournalEntry {
  return { ...entry, intent: undefined, phase: "reauthorization_required", error };
}

/** A number that was given out, though the journal knows nothing of it any more, is not given out again. */
export function skipNumbers(entry: JournalEntry, upTo: number): JournalEntry {
  return { ...entry, issued: Math.max(entry.issued, upTo) };
}

/** The grant was ended on purpose. */
export function markRevoked(entry: JournalEntry): JournalEntry {
  return {
    ...entry,
    intent: undefined,
    phase: "revoked",
    expiresAt: undefined,
    error: undefined,
    unpublished: [],
  };
}
