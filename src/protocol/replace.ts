import { envelopeSecretName } from "../declaration/credential.ts";
import type { Credential } from "../declaration/credential.ts";
import { EXIT, SealringError } from "../errors.ts";
import type { IntentKind, JournalEntry, OpenEntry } from "../journal/entry.ts";
import { commit } from "./commit.ts";
import type { Done } from "./commit.ts";
import { abandon, holdDeadline, INTENT_SECONDS, intend } from "./intend.ts";
import { sealAnswer } from "./keep.ts";
import { reach } from "./load.ts";
import type { Loaded } from "./load.ts";
import { publishLive } from "./publish.ts";
import { interrupted, pending, reached } from "./result.ts";
import type { CredentialResult } from "./result.ts";
import { refreshCommand } from "./run.ts";
import type { Run } from "./run.ts";
import { noRefreshToken, parse, spend } from "./spend.ts";
import { store } from "./store.ts";
import type { Stored } from "./store.ts";

export interface ToReplace {
  readonly loaded: Loaded;
  readonly entry: JournalEntry;
}

/** Steps 3 to 9: one token request, and what it brings into the stores and the journal. */
export async function replaceTokens(
  run: Run,
  { loaded: declared, entry }: ToReplace,
  kind: Extract<IntentKind, "refresh" | "probe">,
): Promise<CredentialResult> {
  const loaded = await reach(run, declared);
  const { credential, live, envelope: previous } = loaded;
  if (credential.grant !== "client_credentials" && live.refreshToken === undefined)
    throw noRefreshToken(credential.name);
  await prove(run, credential); // 3
  const open = await intendUnlessStopped(run, entry, kind); // 4
  const received = await spend(run, loaded, open); // 5
  const obtained = {
    ...received,
    credential,
    entry: open,
    replaces: live.refreshToken,
    previous,
    clientSecret: undefined,
  };
  const sealed = await sealAnswer(run, obtained); // 6
  const fresh = await parse(run, { loaded, entry: open }, sealed.envelope);
  const stored = await store(run, { credential, entry: open, sealed }); // 7
  if (stored.kind === "waiting") return boxWaits(run, credential.name, stored);
  holdDeadline(run, stored.entry);
  const publications = await publishLive(run, { credential, entry: stored.entry, live: fresh }); // 8
  return conclude(run, stored.entry, { envelope: sealed.envelope, live: fresh, publications }); // 9
}

/** Step 9. The tokens are safe by now: a journal that is down is told by the next run, which finds them stored. */
async function conclude(run: Run, entry: OpenEntry, done: Done): Promise<CredentialResult> {
  const { name } = entry;
  const { generation } = done.envelope;
  const result = reached(name, "refreshed", { ...done, generation });
  try {
    await commit(run, entry, done);
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    const message = `refreshed and stored, but the journal could not be told: ${error.message}`;
    return { ...result, exit: EXIT.pending, message, hint: "nothing to do: the next run tells it" };
  }
  if (done.live.tokens !== undefined) return result;
  throw new SealringError(
    "provider_drift",
    `${name}: the answer had no access token that can be used (${done.live.code ?? "unknown"})`,
    { hint: `run: ${refreshCommand(run, name)} (its refresh token is safe)` },
  );
}

/** Step 3. The write that the new envelope will need is held free before anything is spent, and so are the outputs'. */
async function prove(run: Run, { name, outputs, destinations }: Credential): Promise<void> {
  await run.prove();
  const followers = outputs.length * destinations.length;
  await run.github.stores.reserve(run.envelopeStore, envelopeSecretName(name), followers);
}

async function intendUnlessStopped(run: Run, entry: JournalEntry, kind: IntentKind): Promise<OpenEntry> {
  if (isStopped(run)) throw interrupted(run, entry.name);
  const open = await intend(run, entry, { kind, seconds: INTENT_SECONDS });
  if (!isStopped(run)) return open;
  await abandon(run, open, undefined);
  throw interrupted(run, entry.name);
}

function isStopped(run: Run): boolean {
  return run.stop.aborted;
}

function boxWaits(
  run: Run,
  name: string,
  { failure, box }: Extract<Stored, { kind: "waiting" }>,
): CredentialResult {
  const isJob = run.self.owner.kind === "run";
  const where = box === "in_journal" ? "in the journal" : "on this machine's disk only";
  const fromDisk = isJob
    ? "let the workflow's last step upload it; the next run does the rest"
    : "run on this machine: sealring recover";
  return pending(name, {
    message: `refreshed, and its store did not take the envelope (${failure.message}); the sealed box is ${where}`,
    hint:
      box === "in_journal"
        ? `run: ${refreshCommand(run, name)} (the next scheduled run does, too)`
        : fromDisk,
  });
}
