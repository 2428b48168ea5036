import { envelopeSecretName } from "../declaration/credential.ts";
import type { Credential } from "../declaration/credential.ts";
import { EXIT, SealringError } from "../errors.ts";
import type { ErrorCode, ExitCode } from "../errors.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { markRevoked } from "../journal/moves.ts";
import { forgetPublished } from "../journal/published.ts";
import { revoke } from "../oauth/revocation.ts";
import type { StorePlace, StoreTarget } from "../github.ts";
import { abandon, INTENT_SECONDS, intend, writeOwn } from "./intend.ts";
import { load, partyOf, reach } from "./load.ts";
import type { Loaded } from "./load.ts";
import { refusal } from "./refuse.ts";
import type { Run } from "./run.ts";
import { settleLoaded } from "./situation.ts";

/** One secret that is gone, or could not be removed. */
export interface Removal {
  readonly target: StorePlace;
  readonly secret: string;
  readonly outcome: "deleted" | "absent" | ErrorCode;
  readonly message: string | undefined;
}

export interface Revoked {
  readonly credential: string;
  readonly outcome: "revoked";
  readonly exit: ExitCode;
  /** `unsupported`: the provider has no way; the owner of the account ends the grant there. */
  readonly provider: "revoked" | "unsupported";
  readonly removals: readonly Removal[];
}

export interface ToRevoke {
  readonly credential: Credential;
  /** Its client secret serves no other credential, so it goes too. */
  readonly clientSecret: "remove" | "keep";
}

/**
 * Ends a grant at its provider, then removes its secrets, under a won intent.
 * @throws SealringError with the class of what stopped it; then nothing was removed.
 */
export async function revokeCredential(run: Run, subject: ToRevoke): Promise<Revoked> {
  const { credential } = subject;
  const declared = await load(run, credential);
  const before = await entryToRevoke(run, declared);
  const loaded = await reach(run, declared);
  const entry = await intend(run, before, { kind: "revoke", seconds: INTENT_SECONDS });
  const outcome = await revokeAtProvider(run, loaded);
  if (outcome.kind === "failed") {
    await abandon(run, entry, undefined);
    throw new SealringError(
      outcome.errorClass,
      `${credential.name}: the provider did not say that it is revoked (${outcome.code})`,
      {
        hint: `run again later: sealring revoke ${credential.name}`,
      },
    );
  }
  const removals = await removeSecrets(run, subject);
  const event = { kind: "revoked", generation: entry.intent.generation } as const;
  const gone = removals.filter(isGone).map(({ target, secret }) => ({ target, secretName: secret }));
  const revoked = { ...markRevoked(entry), published: forgetPublished(entry, gone) };
  await writeOwn(run, revoked, { event, box: { kind: "remove" } });
  await run.disk.remove(credential.name);
  const exit = removals.every(isGone) ? EXIT.done : EXIT.remoteFailed;
  return { credential: credential.name, outcome: "revoked", exit, provider: outcome.kind, removals };
}

async function entryToRevoke(run: Run, loaded: Loaded): Promise<JournalEntry> {
  const settled = await settleLoaded(run, loaded);
  const verdict = settled.kind === "waits_at_home" ? settled.otherwise : settled;
  switch (verdict.kind) {
    case "ready":
    case "stored":
    case "answer_lost":
    case "ended":
      return verdict.entry;
    default:
      throw refusal(run, loaded.credential.name, verdict);
  }
}

function revokeAtProvider(run: Run, loaded: Loaded): ReturnType<typeof revoke> {
  const { live } = loaded;
  return revoke(run.http, partyOf(loaded), {
    refreshToken: live.refreshToken,
    accessToken: live.tokens?.accessToken,
  });
}

/**
 * Outputs first: whoever reads one of them learns of the end before the envelope is gone. The envelope stays as long as
 * one of them does, because without it nobody can try again.
 */
async function removeSecrets(run: Run, subject: ToRevoke): Promise<readonly Removal[]> {
  const { outputs, own } = secretsToRemove(subject);
  const removals: Removal[] = [];
  for (const item of outputs) removals.push(await remove(run, item));
  for (const name of own) {
    if (!removals.every(isGone)) break;
    removals.push(await remove(run, { target: run.envelopeStore, name }));
  }
  return removals;
}

/** What goes with a credential: its outputs at each destination, and the secrets of its envelope's store. */
export function secretsToRemove({ credential, clientSecret }: ToRevoke): {
  readonly outputs: readonly { readonly target: StoreTarget; readonly name: string }[];
  readonly own: readonly string[];
} {
  const outputs = credential.destinations.flatMap((target) =>
    credential.outputs.map(({ secretName }) => ({ target, name: secretName })),
  );
  const { secretName } = credential.client;
  const isRemoved = clientSecret === "remove" && secretName !== undefined;
  return { outputs, own: [envelopeSecretName(credential.name), ...(isRemoved ? [secretName] : [])] };
}

function isGone({ outcome }: Removal): boolean {
  return outcome === "deleted" || outcome === "absent";
}

async function remove(
  run: Run,
  { target, name }: { readonly target: StoreTarget; readonly name: string },
): Promise<Removal> {
  const at = { target, secret: name };
  try {
    return { ...at, outcome: await run.sealer.delete(target, name), message: undefined };
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    return { ...at, outcome: error.code, message: error.message };
  }
}
