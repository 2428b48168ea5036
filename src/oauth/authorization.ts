import { calculatePKCECodeChallenge } from "oauth4webapi";
import type { HttpClient, RandomBytes } from "../ports.ts";
import type { Provider } from "../providers/provider.ts";
import { Secret } from "../secret.ts";
import { endpointOf } from "./client.ts";
import type { Party } from "./client.ts";
import { pushAuthorization } from "./pushed.ts";
import { scopeParameters } from "./scope.ts";
import { withQuery } from "./wire.ts";

const STATE_BYTES = 32;
const VERIFIER_BYTES = 32;

/** An authorization request that is ready to be opened, and what its answer is checked and exchanged with. */
export interface AuthorizationRequest {
  readonly url: string;
  /** RFC 6749 §10.12: ties the redirect to this request. */
  readonly state: string;
  /** RFC 7636 §4.1; undefined: the server says what it takes, and it is not among it. */
  readonly codeVerifier: Secret | undefined;
  readonly redirectUri: string;
}

/** What is asked for. */
export interface AuthorizationWish {
  /** As declared, without the provider's prefix. */
  readonly scopes: readonly string[];
  /** Byte for byte as registered. */
  readonly redirectUri: string;
}

export interface AuthorizationPorts {
  /** For servers that take pushed authorization requests alone. */
  readonly http: HttpClient;
  readonly random: RandomBytes;
}

/**
 * Builds the authorization request (RFC 6749 §4.1.1) with state and PKCE, and pushes it where the server wants that
 * (RFC 9126).
 * @throws SealringError `client_misconfigured` when the provider has no authorization endpoint, or of the class of the
 * error that a pushed request is refused with.
 */
export async function authorizationRequest(
  party: Party,
  { scopes, redirectUri }: AuthorizationWish,
  { http, random }: AuthorizationPorts,
): Promise<AuthorizationRequest> {
  const { provider, client } = party;
  const endpoint = endpointOf(provider, "authorization_endpoint");
  const state = token(random, STATE_BYTES);
  const method = challengeMethod(provider);
  const verifier = method === undefined ? undefined : token(random, VERIFIER_BYTES);
  const parameters = {
    ...provider.authorizationParameters,
    response_type: "code",
    redirect_uri: provider.redirectAlias ?? redirectUri,
    ...scopeParameters(provider, scopes, provider.scopeRules.parameter),
    state,
    ...(method !== undefined && verifier !== undefined ? await challenge(method, verifier) : {}),
  };
  const sent = isPushed(provider) ? await pushAuthorization(http, party, parameters) : parameters;
  return {
    url: withQuery(endpoint, Object.entries({ [provider.client.idParameter]: client.id, ...sent })),
    state,
    codeVerifier: verifier === undefined ? undefined : new Secret(verifier),
    redirectUri,
  };
}

function token(random: RandomBytes, length: number): string {
  return Buffer.from(random(length)).toString("base64url");
}

function isPushed({ metadata }: Provider): boolean {
  return metadata.require_pushed_authorization_requests === true;
}

type ChallengeMethod = "S256" | "plain";

/** S256 unless the server says that it does not take it; plain shows the verifier, and is no more than a formality. */
function challengeMethod({ metadata, pkceRequired }: Provider): ChallengeMethod | undefined {
  const taken = metadata.code_challenge_methods_supported;
  if (taken === undefined || taken.includes("S256")) return "S256";
  return pkceRequired && taken.includes("plain") ? "plain" : undefined;
}

/** RFC 7636 §4.3. */
async function challenge(method: ChallengeMethod, verifier: string): Promise<Record<string, string>> {
  const value = method === "S256" ? await calculatePKCECodeChallenge(verifier) : verifier;
  return { code_challenge: value, code_challenge_method: method };
}
