import { envelopeSecretName } from "../declaration/credential.ts";
import type { Credential } from "../declaration/credential.ts";
import { readBox } from "../envelope/box.ts";
import type { Box } from "../envelope/box.ts";
import { decodeEnvelope, encodeEnvelope } from "../envelope/envelope.ts";
import type { Envelope } from "../envelope/envelope.ts";
import { openRecovery } from "../envelope/recovery.ts";
import { SealringError } from "../errors.ts";
import type { JournalEntry } from "../journal/entry.ts";
import type { Secret } from "../secret.ts";
import { remotePlaces } from "./boxes.ts";
import { holdPins } from "./load.ts";
import { holdOwnerOver } from "./owner.ts";
import { replay } from "./replay.ts";
import type { CredentialResult } from "./result.ts";
import type { Run } from "./run.ts";
import { unresolved } from "./settle.ts";

/**
 * The last resort, by the people who hold the recovery identity: the envelope of the unresolved intent, or of the
 * committed generation where its secret is gone, is opened here and sealed to the store's key of today.
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
  const copy = await findCopy(run, entry, identities);
  if (copy === undefined) throw noCopy(name);
  const { envelope, standing } = copy;
  holdPins(run, credential, envelope);
  const put = () =>
    run.sealer.sealAndPut(run.envelopeStore, envelopeSecretName(name), encodeEnvelope(envelope));
  const { generation } = envelope;
  return replay(run, { credential, entry: standing, generation, put, box: { kind: "as_is" } });
}

interface Copy {
  readonly envelope: Envelope;
  /** The entry as it stands for it. */
  readonly standing: JournalEntry;
}

/** The nearest first: what is found need not be asked for anywhere else. */
async function findCopy(
  run: Run,
  entry: JournalEntry,
  identities: readonly Secret[],
): Promise<Copy | undefined> {
  const disk = async () => [(await run.disk.read(entry.name)) ?? ""];
  for (const place of [disk, ...remotePlaces(run, entry.name, runOf(entry))]) {
    for (const text of await place()) {
      const box = readBox(text);
      const standing = box?.credential === entry.name ? wanted(entry, box) : undefined;
      const envelope = box && standing && (await open(run, box, identities));
      if (standing !== undefined && envelope !== undefined) return { envelope, standing };
    }
  }
  return undefined;
}

/** Whose artifacts may hold it: of the run that spent, not of one that tried to replay or publish since. */
function runOf({ intent, boxRun }: JournalEntry): string | undefined {
  let spent = intent;
  while (spent?.kind === "replay" || spent?.kind === "publish") spent = spent.replaces;
  return spent?.owner.kind === "run" ? spent.owner.runId : boxRun;
}

/** The entry as it stands for this box; undefined: it is of no use any more. */
function wanted(entry: JournalEntry, box: Box): JournalEntry | undefined {
  const open = unresolved(entry, box);
  if (open !== undefined) return open;
  const isLost = entry.phase === "committed" || entry.error?.code.startsWith("envelope_") === true;
  return entry.intent === undefined && isLost && box.generation === entry.generation ? entry : undefined;
}

/** Anybody can seal to a recipient: what counts is that it says what the journal and the declaration say. */
async function open(run: Run, box: Box, identities: readonly Secret[]): Promise<Envelope | undefined> {
  if (box.recovery === undefined) return undefined;
  const text = await openRecovery(box.recovery, identities);
  if (text === undefined) return undefined;
  run.progress.mask(text);
  const envelope = decodeEnvelope(box.credential, text);
  return envelope.generation === box.generation && envelope.nonce === box.nonce ? envelope : undefined;
}

function noCopy(name: string): SealringError {
  return new SealringError(
    "reauthorization_required",
    `${name}: no recovery copy that this identity opens, and that is still of use`,
    { hint: `run: sealring status ${name}; if it needs a person: sealring authorize ${name}` },
  );
}
