import type { Credential } from "../declaration/credential.ts";
import type { JournalEntry, OpenEntry } from "../journal/entry.ts";
import { warningOf } from "../lifetime.ts";
import type { Warning } from "../lifetime.ts";
import { planRefresh } from "../plan.ts";
import { findKeptBox } from "./boxes.ts";
import { closePublish, commit } from "./commit.ts";
import { INTENT_SECONDS, intend } from "./intend.ts";
import { load } from "./load.ts";
import type { Loaded } from "./load.ts";
import { holdEnvelope } from "./missing.ts";
import { whenLost } from "./lost.ts";
import type { Subject } from "./lost.ts";
import type { RefreshOptions } from "./options.ts";
import { hasUnpublished, publishLive } from "./publish.ts";
import type { Publication } from "./publish.ts";
import { recordDisagreement, refusal } from "./refuse.ts";
import { replaceTokens } from "./replace.ts";
import { replayBox } from "./replay.ts";
import { dry, fresh, interrupted, pending, reached } from "./result.ts";
import type { CredentialResult } from "./result.ts";
import type { Run } from "./run.ts";
import type { Verdict } from "./settle.ts";
import { settleLoaded } from "./situation.ts";

/**
 * The refresh protocol for one credential, in its order; the steps are numbered as in docs/reliability.md.
 * @throws SealringError with the class of what stopped it.
 */
export async function refreshCredential(
  run: Run,
  credential: Credential,
  options: RefreshOptions,
): Promise<CredentialResult> {
  if (run.stop.aborted) throw interrupted(run, credential.name);
  await holdEnvelope(run, credential, options);
  const loaded = await load(run, credential);
  const settled = await settleLoaded(run, loaded);
  if (settled.kind === "waits_at_home" && isUsable(run, loaded)) return waitsAtHome(credential.name);
  const verdict = settled.kind === "waits_at_home" ? settled.otherwise : settled;
  return follow(run, { loaded, verdict }, options);
}

interface Followed {
  readonly loaded: Loaded;
  readonly verdict: Exclude<Verdict, { readonly kind: "waits_at_home" }>;
}

async function follow(
  run: Run,
  { loaded, verdict }: Followed,
  options: RefreshOptions,
): Promise<CredentialResult> {
  switch (verdict.kind) {
    case "ready":
    case "stored":
    case "answer_lost": {
      const result = await goOn(run, { loaded, verdict }, options);
      return { ...result, warning: warningFor(run, { loaded, entry: verdict.entry }, result) };
    }
    case "overwritten":
      return (
        (await restored(run, { loaded, entry: verdict.entry }, options)) ??
        disagree(run, { loaded, verdict }, options)
      );
    case "journal_behind":
      return disagree(run, { loaded, verdict }, options);
    default:
      throw refusal(run, loaded.credential.name, verdict);
  }
}

interface Ongoing {
  readonly loaded: Loaded;
  readonly verdict: Extract<Verdict, { readonly kind: "ready" | "stored" | "answer_lost" }>;
}

async function goOn(
  run: Run,
  { loaded, verdict }: Ongoing,
  options: RefreshOptions,
): Promise<CredentialResult> {
  switch (verdict.kind) {
    case "ready":
      return whenReady(run, { loaded, entry: verdict.entry }, options);
    case "stored":
      return options.effect === "dry_run" ? dry(loaded, "recovered") : adopt(run, loaded, verdict.entry);
    case "answer_lost":
      return whenLost(run, { loaded, verdict }, options);
  }
}

/** Its refresh token works, and ends soon. A token that was used just now does not die idle. */
function warningFor(
  run: Run,
  { loaded: { credential, envelope, live }, entry }: Subject,
  { outcome }: CredentialResult,
): Warning | undefined {
  const now = run.clock.now();
  const used = outcome === "refreshed";
  if (!used && outcome !== "fresh" && outcome !== "recovered") return undefined;
  const life = {
    provider: credential.provider,
    authorizedAt: entry.authorizedAt,
    lastUsedAt: used ? now : envelope.obtainedAt,
    refreshExpiresAt: used ? undefined : live.tokens?.refreshExpiresAt,
  };
  return live.refreshToken === undefined ? undefined : warningOf(life, now);
}

async function whenReady(
  run: Run,
  { loaded, entry }: Subject,
  options: RefreshOptions,
): Promise<CredentialResult> {
  const unpublished = hasUnpublished(loaded.credential, entry, loaded.live.tokens);
  const step = planRefresh({
    credential: loaded.credential,
    tokens: loaded.live.tokens,
    obtainedAt: loaded.envelope.obtainedAt,
    authorizedAt: entry.authorizedAt,
    unpublished,
    now: run.clock.now(),
    when: options.when === "forced" ? "forced" : "due",
  });
  if (step.kind === "fresh") return fresh(loaded, []);
  if (options.effect === "dry_run") return dry(loaded, "due");
  if (step.kind === "publish" || (unpublished && options.when === "settle_only")) {
    return fresh(loaded, (await publishAgain(run, { loaded, entry })).publications);
  }
  if (options.when === "settle_only") return fresh(loaded, []);
  // First, because the answer may be lost: consumers then live on what the envelope has.
  const isOwed = entry.unpublished.length > 0 && isUsable(run, loaded);
  const told = isOwed ? (await publishAgain(run, { loaded, entry })).entry : entry;
  return replaceTokens(run, { loaded, entry: told }, "refresh");
}

/** The store took an earlier run's envelope: what that run did not come to is done now. */
async function adopt(
  run: Run,
  { credential, envelope, live }: Loaded,
  entry: OpenEntry,
): Promise<CredentialResult> {
  const { generation } = entry.intent;
  // Under an intent of its own: another run must not publish a newer token meanwhile, for this one to overwrite.
  const open = await intend(run, entry, { kind: "publish", seconds: INTENT_SECONDS });
  const publications = await publishLive(run, { credential, entry: open, live });
  await commit(run, { ...open, intent: entry.intent }, { envelope, live, publications });
  return reached(credential.name, "recovered", { generation, live, publications });
}

interface PublishedAgain {
  readonly entry: JournalEntry;
  readonly publications: readonly Publication[];
}

async function publishAgain(run: Run, { loaded, entry }: Subject): Promise<PublishedAgain> {
  const open = await intend(run, entry, { kind: "publish", seconds: INTENT_SECONDS });
  const publications = await publishLive(run, { ...loaded, entry: open });
  return { entry: await closePublish(run, open, { ...loaded, publications }), publications };
}

/** Somebody put the envelope before the last over it: the last one's box goes into the store again. undefined: there is none. */
async function restored(
  run: Run,
  { loaded, entry }: Subject,
  { effect }: RefreshOptions,
): Promise<CredentialResult | undefined> {
  const found = await findKeptBox(run, loaded, entry);
  if (found === undefined) return undefined;
  if (effect === "dry_run") return dry(loaded, "recovered");
  return replayBox(run, { credential: loaded.credential, entry }, found);
}

interface Disagreeing {
  readonly loaded: Loaded;
  readonly verdict: Extract<Verdict, { readonly kind: "overwritten" | "journal_behind" }>;
}

async function disagree(
  run: Run,
  { loaded: { envelope }, verdict }: Disagreeing,
  { effect }: RefreshOptions,
): Promise<never> {
  if (effect === "real") await recordDisagreement(run, { ...verdict, envelope });
  throw refusal(run, verdict.entry.name, verdict);
}

/** Consumers have a token that works: there is time for the person at whose place the newer one waits. */
function isUsable(run: Run, { live: { tokens } }: Loaded): boolean {
  return tokens?.expiresAt !== undefined && tokens.expiresAt > run.clock.now();
}

function waitsAtHome(name: string): CredentialResult {
  return pending(name, {
    message: "somebody authorized it again, and its new tokens wait on that person's machine",
    hint: `run there: sealring recover; or anywhere: sealring authorize ${name}`,
  });
}
