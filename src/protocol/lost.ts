import { SealringError } from "../errors.ts";
import type { JournalEntry, OpenEntry } from "../journal/entry.ts";
import { holdIntent } from "../journal/moves.ts";
import { findBox } from "./boxes.ts";
import { writeOwn } from "./intend.ts";
import type { Loaded } from "./load.ts";
import type { RefreshOptions } from "./options.ts";
import { refusal } from "./refuse.ts";
import { replaceTokens } from "./replace.ts";
import { replayBox } from "./replay.ts";
import { dry, fresh, pending } from "./result.ts";
import type { CredentialResult } from "./result.ts";
import { refreshCommand } from "./run.ts";
import type { Run } from "./run.ts";
import { nextRunAfter } from "./schedule.ts";
import { afterLostAnswer, firstSentAt } from "./settle.ts";
import type { LostAnswer, Verdict } from "./settle.ts";
import { ambiguous, rotationOf } from "./spend.ts";
import { storedEnvelope } from "./stored.ts";

/** A credential, and its entry in the journal. */
export interface Subject<Entry extends JournalEntry = JournalEntry> {
  readonly loaded: Loaded;
  readonly entry: Entry;
}

interface LostSubject {
  readonly loaded: Loaded;
  readonly verdict: Extract<Verdict, { readonly kind: "answer_lost" }>;
}

/** An earlier run sent its request, and nobody wrote down what came of it: perhaps its answer is in a sealed box. */
export async function whenLost(
  run: Run,
  { loaded, verdict: { entry, snapshot } }: LostSubject,
  options: RefreshOptions,
): Promise<CredentialResult> {
  const { credential } = loaded;
  const found = await findBox(run, loaded, entry);
  if (found !== undefined)
    return options.effect === "dry_run"
      ? dry(loaded, "recovered")
      : replayBox(run, { credential, entry }, found);
  // Nothing is sent, so an old copy does no harm; and to the job that has just lost the answer this is what there is to say.
  if (options.when === "settle_only" && entry.phase === "ambiguous")
    throw ambiguous(run, entry, entry.error?.code ?? "lost");
  if (snapshot === "stale") throw refusal(run, credential.name, { kind: "stale_snapshot" });
  // There is a box, in the journal: whoever may replay it has to, and the token before it is spent for certain.
  if (entry.phase === "spent" && run.self.owner.kind === "process")
    return leftToWorkflow(run, credential.name);
  return withoutAnswer(run, { loaded, entry }, options);
}

function leftToWorkflow(run: Run, name: string): CredentialResult {
  return pending(name, {
    message: "its new tokens wait in a sealed box in the journal, which only the workflow replays",
    hint: `run: ${refreshCommand(run, name)} (the next scheduled run does it, too)`,
  });
}

async function withoutAnswer(
  run: Run,
  { loaded, entry }: Subject<OpenEntry>,
  options: RefreshOptions,
): Promise<CredentialResult> {
  const next = nextFor(run, { loaded, entry }, options);
  // The answer came, so that its token is spent: what is wanting is its box.
  if (next !== "send_again" && entry.phase === "spent") throw boxIsGone(run, entry.name);
  if (options.when === "settle_only")
    return next === "send_again" ? fresh(loaded, []) : wait(run, { loaded, entry }, options);
  if (next === "wait" || next === "probed") return wait(run, { loaded, entry }, options);
  if (options.effect === "dry_run") return dry(loaded, "due");
  if (next === "probe" && (await mayBeKnownElsewhere(run, entry)))
    return wait(run, { loaded, entry }, options);
  return replaceTokens(run, { loaded, entry }, next === "probe" ? "probe" : "refresh");
}

function nextFor(run: Run, { loaded, entry }: Subject<OpenEntry>, { probe }: RefreshOptions): LostAnswer {
  const now = run.clock.now();
  return afterLostAnswer({
    rotation: rotationOf(loaded),
    reuse: loaded.credential.provider.reuse,
    intent: entry.intent,
    expiresAt: loaded.live.tokens?.expiresAt,
    now,
    nextRunAt: nextRunAfter(run.project.schedule, now),
    asked: probe === "asked",
  });
}

/**
 * Whether the answer may be where this process cannot see it: in the artifact of a run, which only runs read; or in the
 * store, for a job that is run again and was given the secrets of its first time.
 */
async function mayBeKnownElsewhere(run: Run, entry: OpenEntry): Promise<boolean> {
  if (run.self.owner.kind === "process" && entry.intent.owner.kind === "run") return true;
  const envelope = await storedEnvelope(run, entry.name);
  return envelope !== undefined && envelope.updatedAt > betweenCommitAndIntent(entry);
}

/**
 * The envelope before was written before its commit, and the next one after its intent. Halfway between, both clocks may
 * be wrong by half of the time that lies between.
 */
function betweenCommitAndIntent({ intent, committedAt }: OpenEntry): Date {
  const sent = firstSentAt(intent).getTime();
  return new Date((sent + (committedAt?.getTime() ?? sent)) / 2);
}

function boxIsGone(run: Run, name: string): SealringError {
  const { recoveryRecipient, stateBranch } = run.project;
  const others =
    recoveryRecipient === undefined
      ? `restore wal/${name}.json on the branch ${stateBranch}`
      : "with the recovery identity: sealring recover --identity <file>";
  return new SealringError(
    "reauthorization_required",
    `${name}: it was refreshed, and the sealed box with its new tokens is gone, or is not authentic`,
    { hint: `run: sealring authorize ${name}, or ${others}` },
  );
}

async function wait(
  run: Run,
  { loaded, entry }: Subject<OpenEntry>,
  { effect }: RefreshOptions,
): Promise<never> {
  const code = entry.error?.code ?? "run_ended_without_an_answer";
  if (entry.phase !== "ambiguous" && effect === "real") {
    const held = { phase: "ambiguous", at: run.clock.now(), error: { class: "ambiguous", code } } as const;
    const { generation } = entry.intent;
    await writeOwn(run, holdIntent(entry, held), { event: { kind: "ambiguous", generation, code } });
  }
  throw ambiguous(run, { ...entry, expiresAt: loaded.live.tokens?.expiresAt }, code);
}
