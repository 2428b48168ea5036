import type { Credential } from "../declaration/credential.ts";
import { SealringError } from "../errors.ts";
import type { EntryError, OpenEntry } from "../journal/entry.ts";
import { holdIntent, markSpent } from "../journal/moves.ts";
import { holdDeadline, writeOwn } from "./intend.ts";
import { resealed, storeEnvelope } from "./keep.ts";
import type { Sealed } from "./keep.ts";
import type { Run } from "./run.ts";

/** A store that takes longer than this gets a copy of the box into the journal beside it. */
const SLOW_MILLISECONDS = 2_000;
const PAUSES_MILLISECONDS = [1_000, 2_000, 4_000, 8_000];

export interface ToStore {
  readonly credential: Credential;
  readonly entry: OpenEntry;
  readonly sealed: Sealed;
}

/** `waiting`: the store took nothing; the sealed box is where it could be put, and `recover` replays it. */
export type Stored =
  | { readonly kind: "stored"; readonly entry: OpenEntry; readonly outcome: "created" | "updated" }
  | { readonly kind: "waiting"; readonly failure: SealringError };

/** Step 7: the envelope into its store, with retries; the box into the journal when the first try does not take it at once. */
export async function store(run: Run, item: ToStore): Promise<Stored> {
  const first = attempt(run, item);
  const early = await soon(run, first);
  if (early.kind === "done") return { kind: "stored", entry: item.entry, outcome: early.outcome };
  let sealed = await resealed(run, item.sealed);
  const code = early.kind === "failed" ? early.failure.code : "slow_store";
  const entry = await backUp(run, { ...item, sealed }, code);
  let result = await first;
  for (const pause of PAUSES_MILLISECONDS) {
    if (result.kind === "done") break;
    await run.clock.sleep(pause);
    sealed = await resealed(run, sealed);
    result = await attempt(run, { ...item, entry, sealed });
  }
  if (result.kind === "done") return { kind: "stored", entry, outcome: result.outcome };
  await giveUp(run, { ...item, entry, sealed: await resealed(run, sealed) }, result.failure);
  return { kind: "waiting", failure: result.failure };
}

type Attempt =
  | { readonly kind: "done"; readonly outcome: "created" | "updated" }
  | { readonly kind: "failed"; readonly failure: SealringError };

async function attempt(run: Run, { credential, entry, sealed }: ToStore): Promise<Attempt> {
  try {
    holdDeadline(run, entry);
    return { kind: "done", outcome: await storeEnvelope(run, credential, sealed) };
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    return { kind: "failed", failure: error };
  }
}

async function soon(run: Run, first: Promise<Attempt>): Promise<Attempt | { readonly kind: "slow" }> {
  const decided = new AbortController();
  const slow = run.clock.sleep(SLOW_MILLISECONDS, decided.signal).then(() => ({ kind: "slow" }) as const);
  const winner = await Promise.race([first, slow]);
  decided.abort();
  return winner;
}

/** The journal fails independently of the secrets service. When both are down the disk is what is left. */
async function backUp(run: Run, { entry, sealed }: ToStore, code: string): Promise<OpenEntry> {
  const spent = markSpent(entry, { class: "store_refused", code });
  try {
    await writeOwn(run, spent, {
      event: `spent, its box is waiting (${code})`,
      box: { kind: "write", text: sealed.box },
    });
    return spent;
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    run.progress.say(`${entry.name}: the box could not be written to the journal either: ${error.message}`);
    return entry;
  }
}

/** From here on another may settle it. The journal may be up by now: it is given the box once more. */
async function giveUp(run: Run, { entry, sealed }: ToStore, { code, message }: SealringError): Promise<void> {
  const error: EntryError = { class: "store_refused", code };
  try {
    const held = holdIntent(entry, { phase: "spent", at: run.clock.now(), error });
    await writeOwn(run, held, {
      event: "its box is left waiting",
      box: { kind: "write", text: sealed.box },
    });
  } catch (failure) {
    if (!(failure instanceof SealringError)) throw failure;
    run.progress.say(`${entry.name}: ${message}; the journal could not be told: ${failure.message}`);
  }
}
