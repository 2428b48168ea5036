import type { HttpClient, HttpOutcome, HttpRequest } from "../ports.ts";
import type { Provider, VerificationRequest } from "../providers/provider.ts";
import type { Secret } from "../secret.ts";
import { decodeBody } from "./decode.ts";
import { holds } from "./pointer.ts";
import { rawAnswer } from "./transport.ts";
import { encode, headersOf, tokenHeader, withQuery } from "./wire.ts";
import type { Draft } from "./wire.ts";

/** What a resource says to an access token. */
export type Verification =
  | { readonly kind: "works" }
  /** 401, or a success that says in its body that it is none: the token is not accepted. */
  | { readonly kind: "refused" }
  /** 403: accepted, but a scope or a membership is missing. */
  | { readonly kind: "forbidden" }
  /** No answer, or one that says nothing about the token. */
  | { readonly kind: "unreachable" }
  /** The provider names no verification endpoint. */
  | { readonly kind: "unknown" };

/** Whose access token is tried, and where. */
export interface VerificationSubject {
  readonly provider: Provider;
  readonly client: { readonly id: string };
}

/** Tries an access token at the provider's verification endpoint: as a bearer token (RFC 6750 §2.1), or as declared. */
export async function verify(
  http: HttpClient,
  { provider, client }: VerificationSubject,
  accessToken: Secret,
): Promise<Verification> {
  const { verification } = provider;
  if (verification === undefined) return { kind: "unknown" };
  return read(await http.send(requestOf(verification, client.id, accessToken)), verification);
}

function requestOf(verification: VerificationRequest, clientId: string, accessToken: Secret): HttpRequest {
  const { endpoint, method, token, body } = verification;
  const parameters = new URLSearchParams(body?.members);
  const request = {
    method,
    url: endpoint,
    headers: { accept: "application/json", ...headersOf(verification.headers, clientId) },
    parameters,
  };
  return encode(withToken(request, token, accessToken.reveal()), body?.format ?? "form");
}

function withToken(draft: Draft, token: VerificationRequest["token"], value: string): Draft {
  switch (token.in) {
    case "authorization":
      return { ...draft, headers: { ...draft.headers, authorization: `${token.scheme} ${value}` } };
    case "header":
      return { ...draft, headers: { ...draft.headers, ...tokenHeader(token.name, value) } };
    case "query":
      return { ...draft, url: withQuery(draft.url, [[token.name, value]]) };
  }
}

function read(outcome: HttpOutcome, { success }: VerificationRequest): Verification {
  if (outcome.kind !== "answer") return { kind: "unreachable" };
  const { status } = outcome;
  if (status >= 200 && status < 300)
    return { kind: holds(success, decodeBody(rawAnswer(outcome))) ? "works" : "refused" };
  if (status === 401) return { kind: "refused" };
  return { kind: status === 403 ? "forbidden" : "unreachable" };
}
