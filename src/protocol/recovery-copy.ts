import { envelopeSecretName } from "../declaration/credential.ts";
import type { Credential } from "../declaration/credential.ts";
import { readBox } from "../envelope/box.ts";
import type { Box } from "../envelope/box.ts";
import { decodeEnvelope, encodeEnvelope } from "../envelope/envelope.ts";
import type { Envelope } from "../envelope/envelope.ts";
import { openRecovery } from "../envelope/recovery.ts";
import { SealringError } from "../errors.ts";
import type { StoredSecret } from "../github.ts";
import { hasIntent } from "../journal/entry.ts";
import type { JournalEntry } from "../journal/entry.ts";
import type { Secret } from "../secret.ts";
import { remotePlaces } from "./boxes.ts";
import { holdPins } from "./load.ts";
import { holdOwnerOver } from "./owner.ts";
import { replay } from "./replay.ts";
import { well } from "./result.ts";
import type { CredentialResult } from "./result.ts";
import type { Run } from "./run.ts";
import { withoutIntent } from "./settle.ts";
import { storedEnvelope } from "./stored.ts";

/**
 * The last resort, by the people who hold the recovery identity: the envelope of the unresolved intent, or of the
 * committed generation where its secret is gone or was overwritten, is opened here and sealed to the store's key of today.
 * @throws SealringError `reauthorization_required` where no copy of it can be opened.
 */
export async function recoverWithIdentity(
  run: Run,
  credential: Credential,
  identities: readonly Secret[],
): Promise<CredentialResult> {
  const { name } = credential;
  const entry = await run.ledger.read(name);
  if (entry === undefined) throw noCopy(name);
  await holdOwnerOver(run, entry);
  const stored = await storedEnvelope(run, name);
  const standing = standingOf(entry, stored);
  if (!isLost(standing, stored)) return well(standing);
  const envelope = await findCopy(run, { credential, standing }, identities);
  if (envelope === undefined) throw noCopy(name);
  const put = () =>
    run.sealer.sealAndPut(run.envelopeStore, envelopeSecretName(name), encodeEnvelope(envelope));
  const { generation, nonce } = envelope;
  return replay(run, { credential, entry: standing, generation, nonce, put, box: { kind: "as_is" } });
}

/**
 * The entry without what came to nothing since: replays, publications, and authorizations under which nothing was written
 * into the store.
 */
function standingOf(entry: JournalEntry, stored: StoredSecret | undefined): JournalEntry {
  if (!hasIntent(entry)) return entry;
  const { kind, openedAt } = entry.intent;
  const isUnstored = stored === undefined || stored.updatedAt < openedAt;
  const cameToNothing = kind === "replay" || kind === "publish" || (kind === "authorize" && isUnstored);
  return cameToNothing ? standingOf(withoutIntent(entry), stored) : entry;
}

/** An answer that nobody stored; or a secret that is gone, or is known to be an old one. */
function isLost({ intent, phase, error }: JournalEntry, stored: StoredSecret | undefined): boolean {
  if (intent !== undefined) return intent.kind !== "revoke";
  if (phase === "revoked") return false;
  return stored === undefined || error?.code === "envelope_overwritten";
}

interface Wanted {
  readonly credential: Credential;
  readonly standing: JournalEntry;
}

/** The nearest first: what is found need not be asked for anywhere else. One that cannot be read hides no other. */
async function findCopy(
  run: Run,
  { credential, standing }: Wanted,
  identities: readonly Secret[],
): Promise<Envelope | undefined> {
  const { name, intent, boxRun } = standing;
  const runId = intent?.owner.kind === "run" ? intent.owner.runId : boxRun;
  const { generation, nonce } = intent ?? standing;
  const failures: SealringError[] = [];
  const disk = async () => [(await run.disk.read(name)) ?? ""];
  for (const place of [disk, ...remotePlaces(run, name, runId)]) {
    for (const text of await place()) {
      const box = readBox(text);
      if (box?.credential !== name || box.generation !== generation || box.nonce !== nonce) continue;
      const found = await open(run, credential, { box, identities }).catch(noted(failures));
      if (found !== undefined) return found;
    }
  }
  if (failures[0] !== undefined) throw failures[0];
  return undefined;
}

function noted(failures: SealringError[]): (error: unknown) => undefined {
  return (error) => {
    if (!(error instanceof SealringError)) throw error;
    failures.push(error);
    return undefined;
  };
}

interface Opened {
  readonly box: Box;
  readonly identities: readonly Secret[];
}

/** Anybody can seal to a recipient: what counts is that it says what the journal and the declaration say. */
async function open(
  run: Run,
  credential: Credential,
  { box, identities }: Opened,
): Promise<Envelope | undefined> {
  if (box.recovery === undefined) return undefined;
  const text = await openRecovery(box.recovery, identities);
  if (text === undefined) return undefined;
  run.progress.mask(text);
  const envelope = decodeEnvelope(box.credential, text);
  if (envelope.generation !== box.generation || envelope.nonce !== box.nonce) return undefined;
  holdPins(run, credential, envelope);
  return envelope;
}

function noCopy(name: string): SealringError {
  return new SealringError(
    "reauthorization_required",
    `${name}: no recovery copy that this identity opens, and that is still of use`,
    { hint: `run: sealring status ${name}; if it needs a person: sealring authorize ${name}` },
  );
}
