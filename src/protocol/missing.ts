import { envelopeSecretName } from "../declaration/credential.ts";
import type { Credential } from "../declaration/credential.ts";
import { SealringError } from "../errors.ts";
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
  if (run.self.owner.kind === "process") throw notGiven(run, name, "only a job of the workflow is given it");
  const entry = await run.ledger.read(name);
  if (entry?.phase === "revoked") throw refusal(run, name, { kind: "ended", entry });
  if ((await storedEnvelope(run, name)) !== undefined) throw leftOut(name, secretName);
  if (entry === undefined || entry.generation === 0)
    throw notGiven(run, name, "it has never been authorized, or its journal is gone");
  if (effect === "real" && entry.phase === "committed")
    await recordDisagreement(run, { kind: "missing", entry, envelope: undefined });
  throw deleted(run, name, secretName);
}

export function notGiven(run: Run, name: string, why: string): SealringError {
  const secretName = envelopeSecretName(name);
  return new SealringError(
    "reauthorization_required",
    `${name}: its envelope is not here (${secretName}); ${why}`,
    { hint: `run: ${refreshCommand(run, name)}; never authorized yet: sealring authorize ${name}` },
  );
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
