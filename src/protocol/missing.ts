import { envelopeSecretName } from "../declaration/credential.ts";
import type { Credential } from "../declaration/credential.ts";
import { SealringError } from "../errors.ts";
import type { JournalEntry } from "../journal/entry.ts";
import type { RefreshOptions } from "./options.ts";
import { authorizeOrRecover, recordDisagreement, refusal } from "./refuse.ts";
import { refreshCommand } from "./run.ts";
import type { Run } from "./run.ts";
import { storedEnvelope } from "./stored.ts";

/**
 * Says why this process has no envelope of a credential, where it has none: a job can ask GitHub and the journal.
 * @throws SealringError `reauthorization_required`.
 */
export async function holdEnvelope(
  run: Run,
  { name }: Credential,
  { effect }: RefreshOptions,
): Promise<void> {
  const secretName = envelopeSecretName(name);
  if (run.secrets.read(secretName) !== undefined) return;
  if (run.self.owner.kind === "process") throw await atHome(run, name);
  const entry = await run.ledger.read(name);
  if (entry?.phase === "revoked") throw refusal(run, name, { kind: "ended", entry });
  if ((await storedEnvelope(run, name)) !== undefined) throw leftOut(name, secretName);
  if (entry === undefined || entry.generation === 0) throw neverAuthorized(name);
  if (effect === "real" && entry.phase === "committed")
    await recordDisagreement(run, { kind: "missing", entry, envelope: undefined });
  throw deleted(run, name, secretName);
}

/** Outside a job there is no envelope to be had: whether a job could do it stands in the journal. */
async function atHome(run: Run, name: string): Promise<SealringError> {
  const entry = await readIfPossible(run, name);
  if (entry === "unreadable") {
    const hint = `run: ${refreshCommand(run, name)}; if it was never authorized: sealring authorize ${name}`;
    return notGiven(name, "only a job of the workflow is given it", hint);
  }
  if (entry === undefined || entry.generation === 0) return neverAuthorized(name);
  if (entry.phase === "revoked" || entry.phase === "reauthorization_required")
    return refusal(run, name, { kind: "ended", entry });
  const why = "it was authorized, and only a job of the workflow is given it";
  return notGiven(name, why, `run: ${refreshCommand(run, name)}`);
}

async function readIfPossible(run: Run, name: string): Promise<JournalEntry | undefined | "unreadable"> {
  try {
    return await run.ledger.read(name);
  } catch (error) {
    if (error instanceof SealringError) return "unreadable";
    throw error;
  }
}

function neverAuthorized(name: string): SealringError {
  return notGiven(
    name,
    "it has never been authorized, or its journal is gone",
    `run: sealring authorize ${name}`,
  );
}

/** That this process was not given an envelope; `why`, and what to type instead. */
export function notGiven(name: string, why: string, hint: string): SealringError {
  const secretName = envelopeSecretName(name);
  const message = `${name}: its envelope is not here (${secretName}); ${why}`;
  return new SealringError("reauthorization_required", message, { hint });
}

function leftOut(name: string, secretName: string): SealringError {
  return new SealringError(
    "reauthorization_required",
    `${name}: the workflow's step was not given its envelope, though GitHub has it`,
    { hint: `add to the env of the workflow's step: ${secretName}: \${{ secrets.${secretName} }}` },
  );
}

function deleted(run: Run, name: string, secretName: string): SealringError {
  return new SealringError(
    "reauthorization_required",
    `${name}: somebody deleted its envelope, the secret ${secretName}`,
    { hint: authorizeOrRecover(run, name) },
  );
}
