import { envelopeSecretName } from "../declaration/credential.ts";
import type { Credential } from "../declaration/credential.ts";
import { EXIT, SealringError } from "../errors.ts";
import type { ErrorClass, ExitCode } from "../errors.ts";
import type { PreparedGrant } from "../grants/prepared.ts";
import { newEntry } from "../journal/entry.ts";
import type { JournalEntry, OpenEntry } from "../journal/entry.ts";
import { isWellFormed, readAnswer } from "../oauth/answer.ts";
import { compareScopes } from "../oauth/scope.ts";
import type { ScopeDifference } from "../oauth/scope.ts";
import type { Exchange } from "../oauth/token.ts";
import type { RawAnswer, TokenSet } from "../oauth/token-set.ts";
import { verify } from "../oauth/verification.ts";
import type { Verification } from "../oauth/verification.ts";
import type { Secret } from "../secret.ts";
import { describeTarget } from "../stores/targets.ts";
import { commit } from "./commit.ts";
import { abandon, INTENT_SECONDS, intend, startInTime } from "./intend.ts";
import { dropBox, sealAnswer } from "./keep.ts";
import { readTokens } from "./load.ts";
import { ownerState } from "./owner.ts";
import { isMissing, publishLive, putSecret } from "./publish.ts";
import type { Publication } from "./publish.ts";
import { refusal } from "./refuse.ts";
import type { Run } from "./run.ts";
import { store } from "./store.ts";

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
  readonly verification: Verification["kind"];
  readonly destinations: readonly Publication[];
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
  await freeEntry(run, credential.name);
  await run.prove();
  await run.github.stores.reserve(run.envelopeStore, envelopeSecretName(credential.name));
}

/** The credential's entry, unless another owner may be at it. An open intent of one that is over is taken along. */
async function freeEntry(run: Run, name: string): Promise<JournalEntry> {
  run.ledger.refresh();
  const entry = (await readEntry(run, name)) ?? newEntry(name);
  const { intent } = entry;
  if (intent === undefined || (await ownerState(run, entry)).kind === "over") return entry;
  throw refusal(run, name, { kind: "busy", entry: { ...entry, intent } });
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
): Promise<Authorized> {
  const { credential } = authorization;
  const intention = { kind: "authorize", seconds: grant.maxSeconds + INTENT_SECONDS } as const;
  const entry = await intend(run, await freeEntry(run, credential.name), intention);
  const answer = await burn(run, { credential, entry, grant });
  const obtained = {
    credential,
    entry,
    answer,
    obtainedAt: run.clock.now(),
    replaces: undefined,
    previous: undefined,
  };
  const sealed = await sealAnswer(run, obtained);
  const live = await readTokens(run, credential, sealed.envelope);
  if (live.tokens === undefined)
    return giveBack(run, entry, { class: "provider_drift", code: live.code ?? "no_tokens" });
  const stored = await store(run, { credential, entry, sealed });
  if (stored.kind === "waiting") throw notStored(credential.name, stored.failure);
  const outputs = await publishLive(run, credential, live);
  const secrets = [
    envelopeAsPublished(run, credential, stored.outcome),
    ...(await putClientSecret(run, authorization)),
  ];
  await commit(run, stored.entry, { live, publications: outputs });
  await dropBox(run, credential.name);
  return report(run, { credential, entry, tokens: live.tokens, destinations: [...secrets, ...outputs] });
}

interface Burning {
  readonly credential: Credential;
  readonly entry: OpenEntry;
  readonly grant: PreparedGrant;
}

/** The one token request of the grant; gives a success, not parsed yet. */
async function burn(run: Run, { credential, entry, grant }: Burning): Promise<RawAnswer> {
  await startInTime(run, entry);
  const exchange = await grant.burn().catch(async (error: unknown) => {
    await abandon(run, entry, undefined);
    throw error;
  });
  if (exchange.kind === "answered" && exchange.raw.status < 300 && isWellFormed(exchange.raw))
    return exchange.raw;
  return giveBack(run, entry, await reasonOf(run, credential, exchange));
}

interface Reason {
  readonly class: ErrorClass;
  readonly code: string;
}

async function reasonOf(
  run: Run,
  { provider, client, scopes }: Credential,
  exchange: Exchange,
): Promise<Reason> {
  if (exchange.kind !== "answered") return { class: "transient", code: exchange.reason };
  const context = { provider, clientId: client.id, requestedScopes: scopes, replaces: undefined };
  const reading = await readAnswer(exchange.raw, { ...context, obtainedAt: run.clock.now() });
  if (reading.kind === "tokens") throw new SealringError("bug", "tokens were taken for a refusal");
  return { class: reading.errorClass, code: reading.code };
}

async function giveBack(run: Run, entry: OpenEntry, reason: Reason): Promise<never> {
  await abandon(run, entry, undefined);
  const { name } = entry;
  throw new SealringError(reason.class, `${name}: the provider granted nothing (${reason.code})`, {
    hint: HINTS[reason.code] ?? `run: sealring authorize ${name}`,
  });
}

const HINTS: Readonly<Record<string, string>> = {
  invalid_client: "compare client.id and the client secret with the provider's page, then authorize again",
  access_denied: "the person refused; authorize again when they agree",
};

function notStored(name: string, failure: SealringError): SealringError {
  return new SealringError(failure.code, `${name}: the tokens could not be stored: ${failure.message}`, {
    hint: `run again, when that is mended: sealring authorize ${name}`,
  });
}

async function putClientSecret(
  run: Run,
  { credential, clientSecret }: Authorization,
): Promise<readonly Publication[]> {
  const name = credential.client.secretName;
  if (name === undefined || clientSecret === undefined) return [];
  return [await putSecret(run, { target: run.envelopeStore, name, value: clientSecret })];
}

function envelopeAsPublished(run: Run, { name }: Credential, outcome: "created" | "updated"): Publication {
  const destination = describeTarget(run.envelopeStore);
  return { destination, secret: envelopeSecretName(name), outcome, message: undefined, hint: undefined };
}

interface ToReport {
  readonly credential: Credential;
  readonly entry: OpenEntry;
  readonly tokens: TokenSet;
  readonly destinations: readonly Publication[];
}

async function report(run: Run, { credential, entry, tokens, destinations }: ToReport): Promise<Authorized> {
  const { kind: verification } = await verify(run.http, credential.provider, tokens.accessToken);
  return {
    credential: credential.name,
    outcome: "authorized",
    exit: destinations.some(isMissing) ? EXIT.pending : EXIT.done,
    generation: entry.intent.generation,
    expiresAt: tokens.expiresAt,
    scope: tokens.scope,
    scopeDifference: compareScopes(credential.provider, credential.scopes, tokens.scope),
    verification,
    destinations,
  };
}
