import { createHash, timingSafeEqual } from "node:crypto";
import { AuthorizationResponseError, validateAuthResponse } from "oauth4webapi";
import type { Provider } from "../providers/provider.ts";
import type { AuthorizationRequest } from "./authorization.ts";
import { asClient, asServer } from "./client.ts";
import type { Party } from "./client.ts";
import { classifyCode } from "./error-class.ts";
import type { Classified } from "./error-class.ts";

/** A redirect's query, judged. */
export type Redirect =
  /** `parameters` are what `exchangeCode` takes; `provider` is who answered: the party's, or one of its generations. */
  | { readonly kind: "code"; readonly parameters: URLSearchParams; readonly provider: Provider }
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
  const provider = answeringProvider(query, party.provider);
  if (provider === undefined) return { kind: "wrong_issuer" };
  try {
    const parameters = validateAuthResponse(asServer(provider), asClient(party.client), query, request.state);
    return parameters.getAll("code").filter(Boolean).length === 1
      ? { kind: "code", parameters, provider }
      : { kind: "malformed" };
  } catch (error) {
    if (!(error instanceof AuthorizationResponseError)) return { kind: "malformed" };
    return { kind: "error", ...classifyCode(error.error) };
  }
}

/**
 * Whom `iss` names: the server, or a generation of it. undefined: somebody else. Where no issuer is known there is nothing
 * to compare it with, and it is taken out before the library looks.
 */
function answeringProvider(query: URLSearchParams, provider: Provider): Provider | undefined {
  const { issuer, authorization_response_iss_parameter_supported: always } = provider.metadata;
  const [iss] = query.getAll("iss");
  if (iss === undefined) return issuer !== undefined && always === true ? undefined : provider;
  const named = [provider, ...provider.generations].find(({ metadata }) => metadata.issuer === iss);
  if (named !== undefined || issuer !== undefined || provider.generations.length > 0) return named;
  query.delete("iss");
  return provider;
}

/** In a time that does not tell where two texts differ. */
function isSameText(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
