import type { Credential } from "../declaration/credential.ts";
import { SealringError } from "../errors.ts";
import type { OpenEntry } from "../journal/entry.ts";
import type { BoxChange } from "../journal/ledger.ts";
import { holdIntent, markSpent } from "../journal/moves.ts";
import { holdDeadline, writeOwn } from "./intend.ts";
import { resealed, storeEnvelope } from "./keep.ts";
import type { Sealed } from "./keep.ts";
import type { Run } from "./run.ts";

/** A store that takes longer than this gets a copy of the box into the journal beside it. */
const SLOW_MILLISECONDS = 2_000;
const FIRST_PAUSE_MILLISECONDS = 1_000;
/** With the box in the journal, a longer outage is the next run's to wait for. */
const LAST_PAUSE_MILLISECONDS = 8_000;
/** While it is on this machine's disk only, the store and the journal are asked until the intent's deadline. */
const LONGEST_PAUSE_MILLISECONDS = 30_000;

export interface ToStore {
  readonly credential: Credential;
  readonly entry: OpenEntry;
  readonly sealed: Sealed;
}

/** `waiting`: the store did not take it. `recover` replays the sealed box from where it is. */
export type Stored =
  | { readonly kind: "stored"; readonly entry: OpenEntry; readonly outcome: "created" | "updated" }
  | { readonly kind: "waiting"; readonly failure: SealringError; readonly box: BoxPlace };

/**
 * `at_home`: of an authorization; no envelope came before it under which a job could trust it, so it stays on the
 * person's own disk, and the journal keeps what it has. `on_disk`: a runner's, which ends with the job.
 */
type BoxPlace = "in_journal" | "on_disk" | "at_home";

/** An envelope on its way, with where its box is by now. */
interface Waiting extends ToStore {
  readonly box: BoxPlace;
}

/** Step 7: the envelope into its store, with retries; the box into the journal when the first try does not take it at once. */
export async function store(run: Run, item: ToStore): Promise<Stored> {
  const first = attempt(run, item);
  const early = await soon(run, first);
  if (early.kind === "done") return { kind: "stored", entry: item.entry, outcome: early.outcome };
  const code = early.kind === "failed" ? early.failure.code : "slow_store";
  const box = item.sealed.previousKey === undefined ? "at_home" : "on_disk";
  let waiting = await backUp(run, { ...item, box }, code);
  let result = await first;
  let pause = FIRST_PAUSE_MILLISECONDS;
  while (result.kind === "failed" && waiting !== undefined && isWorthWaiting(run, waiting, pause)) {
    await run.clock.sleep(Math.min(pause, LONGEST_PAUSE_MILLISECONDS));
    if (waiting.box === "on_disk") waiting = await backUp(run, waiting, result.failure.code);
    if (waiting === undefined) break;
    result = await attempt(run, waiting);
    pause *= 2;
  }
  if (waiting === undefined) return { kind: "waiting", failure: overtaken(item.entry.name), box };
  if (result.kind === "done") return { kind: "stored", entry: waiting.entry, outcome: result.outcome };
  return { kind: "waiting", failure: result.failure, box: await giveUp(run, waiting, result.failure) };
}

function isWorthWaiting(run: Run, { box, entry }: Waiting, pause: number): boolean {
  if (box !== "on_disk") return pause <= LAST_PAUSE_MILLISECONDS;
  const nextMilliseconds = run.clock.now().getTime() + Math.min(pause, LONGEST_PAUSE_MILLISECONDS);
  return nextMilliseconds < entry.intent.deadline.getTime();
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

/**
 * The journal fails independently of the secrets service. When both are down the disk is what is left. undefined: somebody
 * took over, and may have stored a newer envelope, which this one must not go over.
 */
async function backUp(run: Run, waiting: Waiting, code: string): Promise<Waiting | undefined> {
  const sealed = await resealed(run, waiting.sealed);
  const spent = markSpent(waiting.entry, { class: "store_refused", code });
  const { generation } = spent.intent;
  const event = { kind: "box_waiting", generation, code } as const;
  try {
    const update = await run.ledger.write(spent, event, boxChange(waiting.box, sealed.box));
    if (update === "lost") return undefined;
    return { ...waiting, sealed, entry: spent, box: waiting.box === "at_home" ? "at_home" : "in_journal" };
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    run.progress.say(`${spent.name}: the box could not be written to the journal either: ${error.message}`);
    return { ...waiting, sealed };
  }
}

function boxChange(place: BoxPlace, text: string): BoxChange {
  return place === "at_home" ? { kind: "as_is" } : { kind: "write", text };
}

function overtaken(name: string): SealringError {
  return new SealringError("transient", `another run took over from ${name}'s`, {
    hint: `run: sealring status ${name}`,
  });
}

/** From here on another may settle it. The journal may be up by now: it is given the box once more. */
async function giveUp(run: Run, waiting: Waiting, { code }: SealringError): Promise<BoxPlace> {
  const { entry } = waiting;
  const { box } = await resealed(run, waiting.sealed);
  const held = holdIntent(entry, {
    phase: "spent",
    at: run.clock.now(),
    error: { class: "store_refused", code },
  });
  const event = { kind: "box_left", generation: entry.intent.generation, code } as const;
  try {
    await writeOwn(run, held, { event, box: boxChange(waiting.box, box) });
    return waiting.box === "at_home" ? "at_home" : "in_journal";
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    run.progress.say(`${entry.name}: the journal could not be told: ${error.message}`);
    return waiting.box;
  }
}
