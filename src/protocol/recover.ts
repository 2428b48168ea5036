import { envelopeSecretName } from "../declaration/credential.ts";
import type { Credential } from "../declaration/credential.ts";
import { readBox } from "../envelope/box.ts";
import type { Secret } from "../secret.ts";
import { holdOwnerOver } from "./owner.ts";
import { recoverWithIdentity } from "./recovery-copy.ts";
import { refreshCredential } from "./refresh.ts";
import { replayBox } from "./replay.ts";
import type { CredentialResult } from "./result.ts";
import type { Run } from "./run.ts";
import { unresolved } from "./settle.ts";

/**
 * Settles what earlier runs left of one credential, and spends nothing. With identities (age), the copy that was sealed
 * to the recovery recipient is opened where GitHub cannot open the box.
 * @throws SealringError with the class of what stopped it.
 */
export async function recoverCredential(
  run: Run,
  credential: Credential,
  identities: readonly Secret[],
): Promise<CredentialResult> {
  if (identities.length > 0) return recoverWithIdentity(run, credential, identities);
  const isHere = run.secrets.read(envelopeSecretName(credential.name)) !== undefined;
  const replayed = isHere ? undefined : await replayFromOwnDisk(run, credential);
  const nothingSpent = { when: "settle_only", probe: "not_asked", effect: "real" } as const;
  return replayed ?? refreshCredential(run, credential, nothingSpent);
}

/**
 * The box of an authorization that a person gave on this machine: no envelope came before it, so it is this disk that
 * is trusted. undefined: there is none of the unresolved intent.
 */
async function replayFromOwnDisk(run: Run, credential: Credential): Promise<CredentialResult | undefined> {
  if (run.self.owner.kind === "run") return undefined;
  const text = await run.disk.read(credential.name);
  const box = text === undefined ? undefined : readBox(text);
  if (text === undefined || box?.credential !== credential.name) return undefined;
  const entry = await run.ledger.read(credential.name);
  const open = entry === undefined ? undefined : unresolved(entry, box);
  if (entry === undefined || open === undefined) return undefined;
  await holdOwnerOver(run, entry);
  return replayBox(run, { credential, entry: open }, { box, text });
}
