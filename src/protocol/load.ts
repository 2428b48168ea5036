import { envelopeSecretName } from "../declaration/credential.ts";
import type { Credential } from "../declaration/credential.ts";
import { decodeEnvelope } from "../envelope/envelope.ts";
import type { Envelope } from "../envelope/envelope.ts";
import { asAuthorized, brokenPins, pinsOf } from "../envelope/pins.ts";
import { SealringError } from "../errors.ts";
import type { ErrorClass } from "../errors.ts";
import { isWellFormed, readAnswer } from "../oauth/answer.ts";
import { clientAuthentication, endpointOf } from "../oauth/client.ts";
import type { Party } from "../oauth/client.ts";
import { discover, needsDiscovery } from "../oauth/discovery.ts";
import type { TokenSet } from "../oauth/token-set.ts";
import type { Secret } from "../secret.ts";
import { notGiven } from "./missing.ts";
import { pinnedProject, refreshCommand } from "./run.ts";
import type { Run } from "./run.ts";

/** What a job was given of one credential. */
export interface Loaded {
  readonly credential: Credential;
  readonly clientSecret: Secret | undefined;
  readonly envelope: Envelope;
  readonly live: LiveTokens;
}

/** What an envelope's raw answer holds. */
export interface LiveTokens {
  /** undefined: the answer is none that can be used; `code` says why. */
  readonly tokens: TokenSet | undefined;
  readonly refreshToken: Secret | undefined;
  readonly code: string | undefined;
}

/**
 * Step 1: the declaration, the envelope and the client secret, every secret masked, every pin held. Sends nothing.
 * @throws SealringError `reauthorization_required` without an envelope, else `client_misconfigured`.
 */
export async function load(run: Run, declared: Credential): Promise<Loaded> {
  const envelope = readEnvelope(run, declared);
  const credential = asAuthorized(declared, envelope.pins);
  holdPins(run, credential, envelope);
  warnOfScopes(run, credential, envelope);
  const clientSecret = readClientSecret(run, credential);
  return { credential, clientSecret, envelope, live: await readTokens(run, credential, envelope) };
}

/**
 * Finds the endpoints of a provider that is declared by its issuer, and holds the pins to what was found.
 * @throws SealringError `transient`, `provider_drift` or `client_misconfigured`.
 */
export async function reach(run: Run, loaded: Loaded): Promise<Loaded> {
  const credential = { ...loaded.credential, provider: await discover(run.http, loaded.credential.provider) };
  holdPins(run, credential, loaded.envelope);
  // What a request needs of the provider is asked for here: once an intent is won it is too late to find it missing.
  const party = partyOf({ ...loaded, credential });
  clientAuthentication(party);
  endpointOf(party.provider, "token_endpoint");
  return { ...loaded, credential };
}

function readEnvelope(run: Run, { name }: Credential): Envelope {
  const value = run.secrets.read(envelopeSecretName(name));
  if (value === undefined)
    throw notGiven(name, "only a job of the workflow is given it", `run: ${refreshCommand(run, name)}`);
  const envelope = decodeEnvelope(name, value);
  run.progress.mask(envelope.key);
  if (envelope.replaces !== undefined) run.progress.mask(envelope.replaces);
  return envelope;
}

/** Before discovery only what is declared can be compared; after it, every endpoint. */
export function holdPins(run: Run, credential: Credential, envelope: Envelope): void {
  const declared = pinsOf(credential, pinnedProject(run));
  const undiscovered = needsDiscovery(credential.provider);
  const broken = brokenPins(envelope.pins, declared).filter(
    (pin) => !(undiscovered && pin.endsWith("_origin") && declared[pin] === null),
  );
  if (broken.length === 0) return;
  throw new SealringError(
    "client_misconfigured",
    `${credential.name} was authorized for another ${broken.join(" and ")} than ${credential.file} declares`,
    { hint: `undo the change, or run: sealring authorize ${credential.name}` },
  );
}

/** A changed scope is no other place: it only needs the person's consent to come true. */
function warnOfScopes(run: Run, { name, scopes, grant }: Credential, { requestedScopes }: Envelope): void {
  const [declared, authorized] = [[...scopes].sort().join(" "), [...requestedScopes].sort().join(" ")];
  if (declared === authorized || authorized === "" || grant === "client_credentials") return;
  run.progress.say(`${name}: other scopes are declared than were authorized (${authorized})`);
  run.progress.say(`  run: sealring authorize ${name}`);
}

function readClientSecret(run: Run, { name, client }: Credential): Secret | undefined {
  if (client.secretName === undefined) return undefined;
  const secret = run.secrets.read(client.secretName);
  if (secret !== undefined) return secret;
  throw new SealringError(
    "client_misconfigured",
    `the client secret of ${name} is missing: ${client.secretName}`,
    {
      hint: `add ${client.secretName} to the step's env, or run: sealring authorize ${name}`,
    },
  );
}

/** Who asks whom for tokens. */
export function partyOf({ credential, clientSecret }: Loaded): Party {
  const { id, authMethod } = credential.client;
  return {
    provider: credential.provider,
    redirectUri: credential.redirectUri,
    client: { id, authMethod, secret: clientSecret },
  };
}

/**
 * Reads the token set out of an envelope's raw answer. Where the answer is no use but brought a refresh token, that
 * one is live: the credential is due at once.
 */
export async function readTokens(run: Run, credential: Credential, envelope: Envelope): Promise<LiveTokens> {
  const reading = await readAnswer(envelope.answer, {
    provider: credential.provider,
    requestedScopes: envelope.requestedScopes,
    obtainedAt: envelope.obtainedAt,
    replaces: envelope.replaces,
    clientId: credential.client.id,
  });
  if (reading.kind === "error") {
    const refreshToken = reading.refreshToken ?? keptOf(credential, envelope, reading.errorClass);
    maskAll(run, [refreshToken]);
    return { tokens: undefined, refreshToken, code: reading.code };
  }
  const { accessToken, refreshToken, idToken } = reading.tokens;
  maskAll(run, [accessToken, refreshToken, idToken]);
  return { tokens: reading.tokens, refreshToken, code: undefined };
}

/** A success that is no use and brings no refresh token leaves the old one alive (RFC 6749 §6). */
function keptOf(
  { provider }: Credential,
  { answer, replaces }: Envelope,
  errorClass: ErrorClass,
): Secret | undefined {
  return errorClass === "provider_drift" && isWellFormed(answer, provider) ? replaces : undefined;
}

function maskAll(run: Run, secrets: readonly (Secret | undefined)[]): void {
  for (const secret of secrets) if (secret !== undefined) run.progress.mask(secret);
}
