import { SealringError } from "../errors.ts";
import type { EntryError, IntentKind, JournalEntry, OpenEntry } from "../journal/entry.ts";
import { dropIntent, openIntent } from "../journal/moves.ts";
import type { JournalEvent } from "../journal/event.ts";
import type { BoxChange } from "../journal/ledger.ts";
import type { Run } from "./run.ts";

/** How long an owner has for a spend and its store; past it another may take over. */
export const INTENT_SECONDS = 600;
const NONCE_BYTES = 16;

export interface Intention {
  readonly kind: IntentKind;
  /** How long it takes at most. */
  readonly seconds: number;
}

/**
 * Step 4: swaps an intent of a new generation into the journal. Only who has won one may spend, or write or delete an
 * envelope.
 * @throws SealringError `transient` when somebody else was first.
 */
export async function intend(
  run: Run,
  entry: JournalEntry,
  { kind, seconds }: Intention,
): Promise<OpenEntry> {
  const openedAt = run.clock.now();
  const opened = openIntent(entry, {
    kind,
    owner: run.self.owner,
    nonce: Buffer.from(run.random(NONCE_BYTES)).toString("base64url"),
    openedAt,
    deadline: new Date(openedAt.getTime() + seconds * 1_000),
  });
  // A refresh starts from a snapshot that has the committed generation: no older box is needed any more.
  const box: BoxChange = kind === "refresh" ? { kind: "remove" } : { kind: "as_is" };
  const { generation } = opened.intent;
  await writeOwn(run, opened, { event: { kind: "intended", intent: kind, generation }, box });
  return opened;
}

/** What happened, for the journal's history, and what becomes of the credential's box there. */
export interface Note {
  readonly event: JournalEvent;
  readonly box?: BoxChange;
}

/** Writes an entry that nobody else may have touched since. */
export async function writeOwn(run: Run, entry: JournalEntry, { event, box }: Note): Promise<void> {
  if ((await run.ledger.write(entry, event, box)) === "won") return;
  throw new SealringError("transient", `${entry.name}: another run changed its journal entry first`, {
    hint: "run the command again",
  });
}

/** Gives an intent back that came to nothing. */
export async function abandon(run: Run, entry: OpenEntry, error: EntryError | undefined): Promise<void> {
  await abandonFor(run, entry, { code: error?.code ?? "not_needed", error });
}

/** The same where the history has another reason than the entry: what a person's grant came to is no trouble of its tokens. */
export async function abandonFor(
  run: Run,
  entry: OpenEntry,
  { code, error }: { readonly code: string; readonly error: EntryError | undefined },
): Promise<void> {
  const { kind: intent, generation } = entry.intent;
  const event = { kind: "abandoned", intent, generation, code } as const;
  await writeOwn(run, dropIntent(entry, error), { event });
}

/**
 * Nobody takes over from a run while its job lasts, so only a process is held to its deadline.
 * @throws SealringError `transient` past it, when another may be at the credential.
 */
export function holdDeadline(run: Run, { name, intent }: OpenEntry): void {
  if (intent.owner.kind === "run" || run.clock.now() < intent.deadline) return;
  throw new SealringError("transient", `${name}: this run's time for it is over; another may be at it`, {
    hint: "run the command again",
  });
}

/**
 * As `holdDeadline`, before anything is sent: the intent is given back, so that nobody takes its answer for lost.
 * @throws SealringError `transient` past the deadline.
 */
export async function startInTime(run: Run, entry: OpenEntry): Promise<void> {
  try {
    holdDeadline(run, entry);
  } catch (error) {
    await abandon(run, entry, undefined);
    throw error;
  }
}
