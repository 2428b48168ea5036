import { envelopeSecretName } from "../declaration/credential.ts";
import type { Credential } from "../declaration/credential.ts";
import type { Box } from "../envelope/box.ts";
import { EXIT, SealringError } from "../errors.ts";
import type { JournalEntry, OpenEntry } from "../journal/entry.ts";
import type { BoxChange } from "../journal/ledger.ts";
import { commitReplay, dropIntent } from "../journal/moves.ts";
import type { PutOutcome } from "../github.ts";
import { unpublishedKey } from "../stores/targets.ts";
import type { Found } from "./boxes.ts";
import { holdDeadline, INTENT_SECONDS, intend, writeOwn } from "./intend.ts";
import { pending } from "./result.ts";
import type { CredentialResult } from "./result.ts";
import type { Run } from "./run.ts";

/** An envelope that never reached its store, or that was lost from it. */
export interface Replay {
  readonly credential: Credential;
  readonly entry: JournalEntry;
  readonly generation: number;
  readonly nonce: string;
  readonly put: () => Promise<PutOutcome>;
  /** Goes into the journal where the store does not take it: other runs find it there. */
  readonly box: BoxChange;
}

/**
 * Puts an envelope into its store that an earlier owner obtained, under an intent of its own. What is in it is not read
 * here; the next run, which is given the envelope, publishes its outputs.
 */
export async function replay(run: Run, item: Replay): Promise<CredentialResult> {
  const { credential, entry, generation, nonce } = item;
  const open = await intend(run, entry, { kind: "replay", seconds: INTENT_SECONDS });
  const outcome = await tryPut(run, open, item.put);
  if (outcome instanceof SealringError) {
    await giveBack(run, open, { box: item.box, failure: outcome });
    if (outcome.code === "reauthorization_required") throw outcome;
    return stillWaiting(credential.name, outcome);
  }
  const unpublished = credential.destinations.flatMap((target) =>
    credential.outputs.map(({ secretName }) => unpublishedKey(target, secretName)),
  );
  const replayed = { generation, nonce, at: run.clock.now(), unpublished };
  await writeOwn(run, commitReplay(open, replayed), { event: { kind: "recovered", generation } });
  return {
    credential: credential.name,
    outcome: "recovered",
    exit: EXIT.done,
    generation,
    expiresAt: undefined,
    destinations: [],
    message: "its sealed box is in the store; the next run publishes its outputs",
    warning: undefined,
    hint: undefined,
  };
}

/** A sealed box as it is: it needs no decryption. */
export async function replayBox(
  run: Run,
  { credential, entry }: Pick<Replay, "credential" | "entry">,
  { box, text }: Found,
): Promise<CredentialResult> {
  const name = envelopeSecretName(credential.name);
  const put = async () => {
    const outcome = await run.github.stores.put(run.envelopeStore, name, box.sealed);
    if (outcome === "stale_key") throw sealedTooLongAgo(run, box);
    await putClientSecret(run, credential, box);
    return outcome;
  };
  return replay(run, {
    credential,
    entry,
    put,
    generation: box.generation,
    nonce: box.nonce,
    box: { kind: "write", text },
  });
}

/** The envelope before it: a run that finds it missing says so, and an authorization mends it. */
async function putClientSecret(run: Run, { client }: Credential, { clientSecret }: Box): Promise<void> {
  if (clientSecret === undefined || client.secretName === undefined) return;
  await run.github.stores.put(run.envelopeStore, client.secretName, clientSecret);
}

async function tryPut(run: Run, entry: OpenEntry, put: Replay["put"]): Promise<PutOutcome | SealringError> {
  try {
    holdDeadline(run, entry);
    return await put();
  } catch (error) {
    if (error instanceof SealringError) return error;
    throw error;
  }
}

interface NotReplayed {
  readonly box: BoxChange;
  readonly failure: SealringError;
}

async function giveBack(run: Run, open: OpenEntry, { box, failure }: NotReplayed): Promise<void> {
  const { generation } = open.intent;
  const needsPerson = failure.code === "reauthorization_required";
  const code = needsPerson ? "store_key_changed" : "store_refused";
  const event = { kind: "abandoned", intent: "replay", generation, code } as const;
  const error = needsPerson ? ({ class: failure.code, code } as const) : undefined;
  await writeOwn(run, dropIntent(open, error), { event, box });
}

function stillWaiting(name: string, failure: SealringError): CredentialResult {
  return pending(name, {
    message: `its sealed box is waiting, and its store does not take it yet (${failure.message})`,
    hint: failure.hint ?? "nothing to do: the next run tries again",
  });
}

function sealedTooLongAgo({ project }: Run, { credential, recovery }: Box): SealringError {
  const way =
    recovery === undefined || project.recoveryRecipient === undefined
      ? `run: sealring authorize ${credential}`
      : "run, with the recovery identity: sealring recover --identity <file>";
  return new SealringError(
    "reauthorization_required",
    `${credential}: GitHub has changed the store's key since its box was sealed, and cannot open it any more`,
    { hint: way },
  );
}
