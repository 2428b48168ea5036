import type { Credential } from "../declaration/credential.ts";
import type { JournalEntry, OpenEntry } from "../journal/entry.ts";
import { holdIntent } from "../journal/moves.ts";
import { planRefresh } from "../plan.ts";
import { findBox } from "./boxes.ts";
import { closePublish, commit } from "./commit.ts";
import { INTENT_SECONDS, intend, writeOwn } from "./intend.ts";
import { load } from "./load.ts";
import type { Loaded } from "./load.ts";
import { publishLive } from "./publish.ts";
import type { Publication } from "./publish.ts";
import { recordDisagreement, refusal } from "./refuse.ts";
import { replaceTokens } from "./replace.ts";
import { replayBox } from "./replay.ts";
import { pending, reached } from "./result.ts";
import type { CredentialResult } from "./result.ts";
import type { Run } from "./run.ts";
import { afterLostAnswer } from "./settle.ts";
import type { Verdict } from "./settle.ts";
import { settleLoaded } from "./situation.ts";
import { ambiguous, rotationOf } from "./spend.ts";

export interface RefreshOptions {
  /** `settle_only` does what earlier runs left and spends nothing. */
  readonly when: "due" | "forced" | "settle_only";
  readonly probe: "asked" | "not_asked";
  readonly effect: "real" | "dry_run";
}

/**
 * The refresh protocol for one credential, in its order; the steps are numbered as in docs/reliability.md.
 * @throws SealringError with the class of what stopped it.
 */
export async function refreshCredential(
  run: Run,
  credential: Credential,
  options: RefreshOptions,
): Promise<CredentialResult> {
  const loaded = await load(run, credential);
  const verdict = await settleLoaded(run, loaded);
  switch (verdict.kind) {
    case "ready":
      return whenReady(run, { loaded, entry: verdict.entry }, options);
    case "stored":
      return options.effect === "dry_run" ? dry(loaded, "recovered") : adopt(run, loaded, verdict.entry);
    case "answer_lost":
      return (
        (await replayed(run, { loaded, entry: verdict.entry }, options)) ??
        (await whenLost(run, { loaded, verdict }, options))
      );
    case "overwritten":
    case "journal_behind":
      if (options.effect === "real") await recordDisagreement(run, verdict);
      throw refusal(run, credential.name, verdict);
    default:
      throw refusal(run, credential.name, verdict);
  }
}

interface Subject<Entry extends JournalEntry = JournalEntry> {
  readonly loaded: Loaded;
  readonly entry: Entry;
}

function whenReady(
  run: Run,
  { loaded, entry }: Subject,
  options: RefreshOptions,
): Promise<CredentialResult> | CredentialResult {
  const step = planRefresh({
    credential: loaded.credential,
    tokens: loaded.live.tokens,
    obtainedAt: loaded.envelope.obtainedAt,
    unpublished: entry.unpublished.length > 0,
    now: run.clock.now(),
    when: options.when === "forced" ? "forced" : "due",
  });
  if (step.kind === "fresh") return fresh(loaded, []);
  if (options.effect === "dry_run") return dry(loaded, "due");
  if (step.kind === "publish") return publishAgain(run, { loaded, entry });
  return options.when === "settle_only"
    ? fresh(loaded, [])
    : replaceTokens(run, { loaded, entry }, "refresh");
}

function fresh(
  { credential, envelope, live }: Loaded,
  publications: readonly Publication[],
): CredentialResult {
  return reached(credential.name, "fresh", { generation: envelope.generation, live, publications });
}

function dry({ credential, envelope, live }: Loaded, outcome: "due" | "recovered"): CredentialResult {
  return reached(credential.name, outcome, { generation: envelope.generation, live, publications: [] });
}

/** The store took an earlier run's envelope: what that run did not come to is done now. */
async function adopt(run: Run, { credential, live }: Loaded, entry: OpenEntry): Promise<CredentialResult> {
  const publications = await publishLive(run, credential, live);
  await commit(run, entry, { live, publications });
  return reached(credential.name, "recovered", { generation: entry.intent.generation, live, publications });
}

async function publishAgain(run: Run, { loaded, entry }: Subject): Promise<CredentialResult> {
  const open = await intend(run, entry, { kind: "publish", seconds: INTENT_SECONDS });
  const publications = await publishLive(run, loaded.credential, loaded.live);
  await closePublish(run, open, { live: loaded.live, publications });
  return fresh(loaded, publications);
}

/** An earlier run's answer is in a sealed box: it goes into the store. undefined: there is none. */
async function replayed(
  run: Run,
  { loaded, entry }: Subject<OpenEntry>,
  { effect }: RefreshOptions,
): Promise<CredentialResult | undefined> {
  const box = await findBox(run, loaded, entry);
  if (box === undefined) return undefined;
  if (effect === "dry_run") return dry(loaded, "recovered");
  return replayBox(run, { credential: loaded.credential, entry, box });
}

interface LostSubject {
  readonly loaded: Loaded;
  readonly verdict: Extract<Verdict, { readonly kind: "answer_lost" }>;
}

/** An earlier run sent its request, and nobody knows of an answer. */
async function whenLost(
  run: Run,
  { loaded, verdict }: LostSubject,
  options: RefreshOptions,
): Promise<CredentialResult> {
  const { credential, live } = loaded;
  const { entry } = verdict;
  if (verdict.snapshot === "stale") throw refusal(run, credential.name, { kind: "stale_snapshot" });
  // There is a box, in the journal: whoever may replay it has to, and the token before it is spent for certain.
  if (entry.phase === "spent" && run.self.owner.kind === "process") return leftToWorkflow(credential.name);
  const next = afterLostAnswer({
    rotation: rotationOf(loaded),
    intent: entry.intent,
    expiresAt: live.tokens?.expiresAt,
    now: run.clock.now(),
    asked: options.probe === "asked",
  });
  if (next === "send_again" && options.when === "settle_only") return fresh(loaded, []);
  if (next === "wait" || options.when === "settle_only") return wait(run, { loaded, entry }, options);
  if (options.effect === "dry_run") return dry(loaded, "due");
  return replaceTokens(run, { loaded, entry }, next === "probe" ? "probe" : "refresh");
}

function leftToWorkflow(name: string): CredentialResult {
  return pending(name, {
    message: "its new tokens wait in a sealed box in the journal, which only the workflow replays",
    hint: "run: gh workflow run sealring.yml (the next scheduled run does it, too)",
  });
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
  throw ambiguous(entry.name, code, loaded.live.tokens?.expiresAt);
}
