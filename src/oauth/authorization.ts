import { calculatePKCECodeChallenge } from "oauth4webapi";
import type { RandomBytes } from "../ports.ts";
import type { Provider } from "../providers/provider.ts";
import { Secret } from "../secret.ts";
import { endpointOf } from "./client.ts";
import type { Party } from "./client.ts";
import { scopeParameter } from "./scope.ts";

const STATE_BYTES = 32;
const VERIFIER_BYTES = 32;

/** An authorization request that is ready to be opened, and what its answer is checked and exchanged with. */
export interface AuthorizationRequest {
  readonly url: string;
  /** RFC 6749 §10.12: ties the redirect to this request. */
  readonly state: string;
  /** RFC 7636 §4.1; undefined: the server says what it takes, and S256 is not among it. */
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

/**
 * Builds the authorization request (RFC 6749 §4.1.1) with state and PKCE S256.
 * @throws SealringError `client_misconfigured` when the provider has no authorization endpoint.
 */
export async function authorizationRequest(
  party: Party,
  wish: AuthorizationWish,
  random: RandomBytes,
): Promise<AuthorizationRequest> {
  const url = new URL(endpointOf(party.provider, "authorization_endpoint"));
  const state = token(random, STATE_BYTES);
  const parameters: Record<string, string> = {
    response_type: "code",
    client_id: party.client.id,
    redirect_uri: wish.redirectUri,
    ...scopeParameter(party.provider, wish.scopes),
    state,
  };
  const codeVerifier = takesS256(party.provider) ? token(random, VERIFIER_BYTES) : undefined;
  if (codeVerifier !== undefined) {
    parameters["code_challenge"] = await calculatePKCECodeChallenge(codeVerifier);
    parameters["code_challenge_method"] = "S256";
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return {
    url: url.href,
    state,
    codeVerifier: codeVerifier === undefined ? undefined : new Secret(codeVerifier),
    redirectUri: wish.redirectUri,
  };
}

function token(random: RandomBytes, length: number): string {
  return Buffer.from(random(length)).toString("base64url");
}

function takesS256(provider: Provider): boolean {
  return provider.metadata.code_challenge_methods_supported?.includes("S256") ?? true;
}
