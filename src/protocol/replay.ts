import { envelopeSecretName } from "../declaration/credential.ts";
import type { Credential } from "../declaration/credential.ts";
import type { Box } from "../envelope/box.ts";
import { EXIT, SealringError } from "../errors.ts";
import type { OpenEntry } from "../journal/entry.ts";
import { commitReplay } from "../journal/moves.ts";
import { describeTarget } from "../stores/targets.ts";
import { abandon, INTENT_SECONDS, intend, writeOwn } from "./intend.ts";
import { pending } from "./result.ts";
import type { CredentialResult } from "./result.ts";
import type { Run } from "./run.ts";

export interface Replay {
  readonly credential: Credential;
  readonly entry: OpenEntry;
  readonly box: Box;
}

/**
 * Stores a sealed box that an earlier owner left, under an intent of its own. What is in it cannot be read here; the
 * next run, which is given the envelope, publishes its outputs.
 */
export async function replayBox(run: Run, { credential, entry, box }: Replay): Promise<CredentialResult> {
  const open = await intend(run, entry, { kind: "replay", seconds: INTENT_SECONDS });
  const failure = await putBox(run, { credential, entry: open, box });
  if (failure !== undefined) return stillWaiting(credential.name, failure);
  const unpublished = credential.destinations.flatMap((target) =>
    credential.outputs.map(({ secretName }) => `${describeTarget(target)} ${secretName}`),
  );
  const replayed = { generation: box.generation, at: run.clock.now(), unpublished };
  const event = { kind: "recovered", generation: box.generation } as const;
  await writeOwn(run, commitReplay(open, replayed), { event });
  return {
    credential: credential.name,
    outcome: "recovered",
    exit: EXIT.done,
    generation: box.generation,
    expiresAt: undefined,
    destinations: [],
    message: "its sealed box is in the store; the next run publishes its outputs",
    hint: undefined,
  };
}

function stillWaiting(name: string, failure: SealringError): CredentialResult {
  return pending(name, {
    message: `its sealed box is waiting, and its store does not take it yet (${failure.message})`,
    hint: "nothing to do: the next run tries again",
  });
}

/** Gives why the store did not take it; the intent is given back then. */
async function putBox(run: Run, { credential, entry, box }: Replay): Promise<SealringError | undefined> {
  const name = envelopeSecretName(credential.name);
  const outcome = await run.github.stores.put(run.envelopeStore, name, box.sealed).catch((error: unknown) => {
    if (error instanceof SealringError) return error;
    throw error;
  });
  if (outcome === "created" || outcome === "updated") return undefined;
  await abandon(run, entry, undefined);
  if (outcome !== "stale_key") return outcome;
  throw new SealringError(
    "store_refused",
    `${credential.name}: GitHub has changed the store's key since its box was sealed; nobody can open it now`,
    { hint: `run: sealring authorize ${credential.name}` },
  );
}
