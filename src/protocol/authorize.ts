import { envelopeSecretName } from "../declaration/credential.ts";
import type { Credential } from "../declaration/credential.ts";
import { readBox } from "../envelope/box.ts";
import { EXIT, SealringError } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import type { PreparedGrant } from "../grants/prepared.ts";
import type { JournalEntry, OpenEntry } from "../journal/entry.ts";
import { undeclaredPrefix } from "../oauth/scope-prefix.ts";
import { compareScopes } from "../oauth/scope.ts";
import type { ScopeDifference } from "../oauth/scope.ts";
import type { TokenSet } from "../oauth/token-set.ts";
import { verify } from "../oauth/verification.ts";
import type { Verification } from "../oauth/verification.ts";
import type { Secret } from "../secret.ts";
import { commit } from "./commit.ts";
import { burn, giveBack } from "./burn.ts";
import type { Reason } from "./burn.ts";
import { unusedNumbers } from "./unused-numbers.ts";
import { holdDeadline, INTENT_SECONDS, intend } from "./intend.ts";
import { dropBox, sealAnswer } from "./keep.ts";
import type { Sealed } from "./keep.ts";
import { readTokens } from "./load.ts";
import { holdOwnerOver } from "./owner.ts";
import { isMissing, publicationLine, publishLive, putSecret } from "./publish.ts";
import type { Publication } from "./publish.ts";
import { refreshCommand } from "./run.ts";
import type { Run } from "./run.ts";
import { store } from "./store.ts";

/**
 * Who renews the access token: `unattended`: the workflow; `not_needed`: it has no end; `by_a_person`: no refresh token came,
 * so that somebody authorizes again before it ends.
 */
export type Renewal = "unattended" | "not_needed" | "by_a_person";

/** A credential that somebody authorized. */
export interface Authorized {
  readonly credential: string;
  readonly outcome: "authorized";
  readonly exit: ExitCode;
  readonly generation: number;
  readonly expiresAt: Date | undefined;
  /** As granted; undefined: as declared. */
  readonly scope: readonly string[] | undefined;
  readonly scopeDifference: ScopeDifference;
  /** What the server puts before every scope, and the declaration does not say; undefined: nothing. */
  readonly scopePrefix: string | undefined;
  readonly verification: Verification["kind"];
  readonly renewal: Renewal;
  readonly destinations: readonly Publication[];
}

/** The person's part is done; the tokens are in a sealed box on this machine's disk. */
export interface AuthorizationWaits {
  readonly credential: string;
  readonly outcome: "pending";
  readonly exit: ExitCode;
  readonly message: string;
  readonly hint: string;
}

/** Who authorizes what; the provider's endpoints are known. */
export interface Authorization {
  readonly credential: Credential;
  readonly clientSecret: Secret | undefined;
}

/**
 * Proves the store and looks whether anybody is at the credential, before a person is asked for anything.
 * @throws SealringError `store_refused`, `rate_limited` or `transient`.
 */
export async function readyToAuthorize(run: Run, { credential }: Authorization): Promise<void> {
  run.progress.say("Checking that GitHub takes the secrets");
  await freeEntry(run, credential.name);
  await run.prove();
  const followers = credential.outputs.length * credential.destinations.length;
  await run.github.stores.reserve(run.envelopeStore, envelopeSecretName(credential.name), followers);
}

/** The credential's entry, unless another owner may be at it. An open intent of one that is over is taken along. */
async function freeEntry(run: Run, name: string): Promise<JournalEntry> {
  run.ledger.refresh();
  const entry = await unusedNumbers(run, name, await readEntry(run, name));
  await holdOwnerOver(run, entry);
  return entry;
}

/** A file that somebody broke is written anew: to authorize again is the way out of it. */
async function readEntry(run: Run, name: string): Promise<JournalEntry | undefined> {
  try {
    return await run.ledger.read(name);
  } catch (error) {
    if (error instanceof SealringError && error.code === "reauthorization_required") return undefined;
    throw error;
  }
}

/**
 * Burns a prepared grant under a won intent, and puts what it brings into the stores and the journal.
 * @throws SealringError with the class of what stopped it; the intent is given back where nothing was granted.
 */
export async function authorizeCredential(
  run: Run,
  authorization: Authorization,
  grant: PreparedGrant,
): Promise<Authorized | AuthorizationWaits> {
  const credential = { ...authorization.credential, provider: grant.provider };
  const intention = { kind: "authorize", seconds: grant.maxSeconds + INTENT_SECONDS } as const;
  const entry = await intend(run, await freeEntry(run, credential.name), intention);
  const { answer, otherwise } = await burn(run, { credential, entry, grant });
  const obtained = {
    credential,
    entry,
    answer,
    obtainedAt: run.clock.now(),
    replaces: undefined,
    previous: undefined,
    clientSecret: authorization.clientSecret,
  };
  run.progress.say("Sealing the answer");
  const sealed = await sealAnswer(run, obtained);
  const live = await readTokens(run, credential, sealed.envelope);
  if (live.tokens === undefined && live.refreshToken === undefined)
    return nothingIn(
      run,
      entry,
      otherwise.class === "transient" ? otherwise : { ...otherwise, code: live.code ?? otherwise.code },
    );
  run.progress.say("Writing the secrets");
  // First, because without it the envelope is no use to the next run; its box has both.
  const clientSecret = await putClientSecret(run, authorization, entry);
  const stored = await store(run, { credential, entry, sealed });
  if (stored.kind === "waiting") return waiting(run, sealed, stored.failure);
  const outputs = await publishLive(run, { credential, entry: stored.entry, live });
  const secrets = [envelopeAsPublished(run, credential, stored.outcome), ...clientSecret];
  for (const publication of [...secrets, ...outputs]) run.progress.say(`  ${publicationLine(publication)}`);
  await commit(run, stored.entry, { envelope: sealed.envelope, live, publications: outputs });
  await dropBox(run, credential.name);
  if (live.tokens === undefined) throw unusable(run, credential.name, live.code);
  return report(run, { credential, entry, tokens: live.tokens, destinations: [...secrets, ...outputs] });
}

/** Its box is no use to anybody. */
async function nothingIn(run: Run, entry: OpenEntry, reason: Reason): Promise<never> {
  await dropBox(run, entry.name);
  return giveBack(run, entry, reason);
}

/** No envelope came before it under which the workflow could trust its box: this machine's disk is where it is replayed from. */
async function waiting(run: Run, { envelope }: Sealed, failure: SealringError): Promise<AuthorizationWaits> {
  const { name, nonce } = envelope;
  const kept = await run.disk.read(name);
  const isOnDisk = kept !== undefined && readBox(kept)?.nonce === nonce;
  return {
    credential: name,
    outcome: "pending",
    exit: EXIT.pending,
    message: `authorized, and the store did not take its tokens (${failure.message})`,
    hint: isOnDisk
      ? "when that is mended, run on this machine: sealring recover"
      : `when that is mended, run again: sealring authorize ${name}`,
  };
}

/** The refresh token is stored, so nobody has to come back for it. */
function unusable(run: Run, name: string, code: string | undefined): SealringError {
  return new SealringError(
    "provider_drift",
    `${name}: authorized and stored, but the answer had no access token that can be used (${code ?? "unknown"})`,
    { hint: `run: ${refreshCommand(run, name)} -f force=true (it uses the refresh token that came)` },
  );
}

async function putClientSecret(
  run: Run,
  { credential, clientSecret }: Authorization,
  entry: OpenEntry,
): Promise<readonly Publication[]> {
  const name = credential.client.secretName;
  if (name === undefined || clientSecret === undefined) return [];
  const before = () => {
    holdDeadline(run, entry);
  };
  return [await putSecret(run, { target: run.envelopeStore, name, value: clientSecret, before })];
}

function envelopeAsPublished(run: Run, { name }: Credential, outcome: "created" | "updated"): Publication {
  const at = { target: run.envelopeStore, secret: envelopeSecretName(name) };
  return { ...at, outcome, message: undefined, hint: undefined };
}

interface ToReport {
  readonly credential: Credential;
  readonly entry: OpenEntry;
  readonly tokens: TokenSet;
  readonly destinations: readonly Publication[];
}

async function report(run: Run, { credential, entry, tokens, destinations }: ToReport): Promise<Authorized> {
  run.progress.say(`Trying the token at ${credential.provider.name}`);
  const { kind: verification } = await verify(run.http, credential, tokens.accessToken);
  return {
    credential: credential.name,
    outcome: "authorized",
    exit: destinations.some(isMissing) ? EXIT.pending : EXIT.done,
    generation: entry.intent.generation,
    expiresAt: tokens.expiresAt,
    scope: tokens.scope,
    scopeDifference: compareScopes(credential.provider, credential.scopes, tokens.scope),
    scopePrefix: undeclaredPrefix(credential, tokens.scope ?? []),
    verification,
    renewal: renewalOf(credential, tokens),
    destinations,
  };
}

function renewalOf({ grant }: Credential, { refreshToken, expiresAt }: TokenSet): Renewal {
  if (grant === "client_credentials" || refreshToken !== undefined) return "unattended";
  return expiresAt === undefined ? "not_needed" : "by_a_person";
}
