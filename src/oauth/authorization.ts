import { createHash, timingSafeEqual } from "node:crypto";
import { AuthorizationResponseError, calculatePKCECodeChallenge, validateAuthResponse } from "oauth4webapi";
import type { RandomBytes } from "../ports.ts";
import type { Provider } from "../providers/provider.ts";
import { Secret } from "../secret.ts";
import { asClient, asServer, endpointOf } from "./client.ts";
import type { Party } from "./client.ts";
import { classifyCode } from "./error-class.ts";
import type { Classified } from "./error-class.ts";
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

/** A redirect's query, judged. */
export type Redirect =
  /** `parameters` are what `exchangeCode` takes. */
  | { readonly kind: "code"; readonly parameters: URLSearchParams }
  /** Not the answer to this request; it must change nothing. */
  | { readonly kind: "wrong_state" }
  /** RFC 6749 §4.1.2.1. */
  | ({ readonly kind: "error" } & Classified)
  /** RFC 9207 §2.4: another authorization server answered, or this one did not say who it is although it always does. */
  | { readonly kind: "wrong_issuer" }
  /** Neither a code nor an error, or a parameter twice. */
  | { readonly kind: "malformed" };

/** Checks a redirect's query against its request (RFC 6749 §4.1.2, RFC 9207). */
export function readRedirect(query: URLSearchParams, request: AuthorizationRequest, party: Party): Redirect {
  const [state, ...more] = query.getAll("state");
  if (state === undefined || more.length > 0 || !isSameText(state, request.state))
    return { kind: "wrong_state" };
  if (!isIssuedBy(query, party.provider)) return { kind: "wrong_issuer" };
  try {
    const parameters = validateAuthResponse(
      asServer(party.provider),
      asClient(party.client),
      query,
      request.state,
    );
    return parameters.getAll("code").filter(Boolean).length === 1
      ? { kind: "code", parameters }
      : { kind: "malformed" };
  } catch (error) {
    if (!(error instanceof AuthorizationResponseError)) return { kind: "malformed" };
    return { kind: "error", ...classifyCode(error.error) };
  }
}

/** Where no issuer is known there is nothing to compare `iss` with, and it is taken out before the library looks. */
function isIssuedBy(query: URLSearchParams, provider: Provider): boolean {
  const { issuer, authorization_response_iss_parameter_supported: always } = provider.metadata;
  const [iss] = query.getAll("iss");
  if (issuer === undefined) {
    query.delete("iss");
    return true;
  }
  return iss === undefined ? always !== true : iss === issuer;
}

/** In a time that does not tell where two texts differ. */
function isSameText(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
