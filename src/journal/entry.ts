import type { ErrorClass } from "../errors.ts";
import type { JobRef, StorePlace } from "../github.ts";

/**
 * What a credential is going through. `spent`: the provider answered and the store has not taken it yet;
 * `ambiguous`: a request was sent and no answer that counts came back.
 */
export type Phase = "intent" | "spent" | "committed" | "ambiguous" | "reauthorization_required" | "revoked";

export const PHASES: readonly Phase[] = [
  "intent",
  "spent",
  "committed",
  "ambiguous",
  "reauthorization_required",
  "revoked",
];

/** Who holds an intent: a run's job is over when GitHub says so, a process when its deadline has passed. */
export type Owner = ({ readonly kind: "run" } & JobRef) | { readonly kind: "process" };

/**
 * What an owner is about to do. `probe` repeats a spend whose answer was lost; `replay` stores a box that an earlier
 * owner left; `publish` writes outputs only.
 */
export type IntentKind = "authorize" | "refresh" | "probe" | "replay" | "publish" | "revoke";

export const INTENT_KINDS: readonly IntentKind[] = [
  "authorize",
  "refresh",
  "probe",
  "replay",
  "publish",
  "revoke",
];

export interface Intent {
  /** New for every intent; gaps are fine. */
  readonly generation: number;
  readonly kind: IntentKind;
  readonly owner: Owner;
  /** Tells one's own intent from another's of the same number. */
  readonly nonce: string;
  readonly openedAt: Date;
  /** Past it the owner neither burns a code, nor spends, nor stores. */
  readonly deadline: Date;
  /** When its owner gave it up, to be settled by anybody; undefined: it may still be at it. */
  readonly releasedAt: Date | undefined;
  /** The open intent that this one replaces, which stands again when this one is abandoned. */
  readonly replaces: Intent | undefined;
  /** The phase to which the entry returns then. */
  readonly resumes: Phase;
}

export interface EntryError {
  readonly class: ErrorClass;
  /** Enumerated: never a provider's own words. */
  readonly code: string;
}

/** An output that its destination took. */
export interface Published {
  readonly target: StorePlace;
  readonly secretName: string;
  /** When sealring last wrote it, by its own clock. */
  readonly at: Date;
}

/** One credential's file in the journal: everything that may be known of it, and no secret. */
export interface JournalEntry {
  readonly name: string;
  /** The committed one; 0 before the first. */
  readonly generation: number;
  /** Of the intent under which the committed generation was obtained. */
  readonly nonce: string | undefined;
  /** The highest number that any intent was ever given. */
  readonly issued: number;
  readonly intent: Intent | undefined;
  readonly phase: Phase;
  readonly authorizedAt: Date | undefined;
  readonly refreshedAt: Date | undefined;
  /** When the committed generation was committed. */
  readonly committedAt: Date | undefined;
  readonly expiresAt: Date | undefined;
  /** Granted, without the provider's prefix. */
  readonly scope: readonly string[] | undefined;
  readonly runUrl: string | undefined;
  /** The run whose artifacts may hold the box of the committed generation. */
  readonly boxRun: string | undefined;
  readonly error: EntryError | undefined;
  /** Outputs that a destination has not taken yet, as `destination SECRET_NAME`. */
  readonly unpublished: readonly string[];
  /** Every output that sealring wrote and has not removed, declared or not. */
  readonly published: readonly Published[];
  /** The size of the committed envelope; undefined: not known. */
  readonly envelopeBytes: number | undefined;
}

/** An entry with an open intent. */
export type OpenEntry = JournalEntry & { readonly intent: Intent };

export function hasIntent(entry: JournalEntry): entry is OpenEntry {
  return entry.intent !== undefined;
}

/** The entry of a credential that nobody has authorized yet. */
export function newEntry(name: string): JournalEntry {
  return {
    name,
    generation: 0,
    nonce: undefined,
    issued: 0,
    intent: undefined,
    phase: "reauthorization_required",
    authorizedAt: undefined,
    refreshedAt: undefined,
    committedAt: undefined,
    expiresAt: undefined,
    scope: undefined,
    runUrl: undefined,
    boxRun: undefined,
    error: undefined,
    unpublished: [],
    published: [],
    envelopeBytes: undefined,
  };
}

/** Where a credential's entry lives on the state branch. */
export function entryPath(name: string): string {
  return `credentials/${name}.json`;
}
