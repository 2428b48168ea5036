import type { ClientAuth } from "oauth4webapi";
import type { HttpClient, HttpOutcome, HttpRequest } from "../ports.ts";
import type { Revocation } from "../providers/provider.ts";
import type { Secret } from "../secret.ts";
import { asClient, asServer, clientAuthentication } from "./client.ts";
import type { Party } from "./client.ts";
import { decodeBody } from "./decode.ts";
import { classifyCode, classifyStatus } from "./error-class.ts";
import type { Classified } from "./error-class.ts";
import { holds } from "./pointer.ts";
import { rawAnswer } from "./transport.ts";
import { encode, headersOf, renamed, withQuery } from "./wire.ts";
import type { Draft } from "./wire.ts";

/** The live tokens of a grant. */
export interface LiveTokens {
  readonly refreshToken: Secret | undefined;
  readonly accessToken: Secret | undefined;
}

/** What became of a grant at its provider. */
export type RevocationOutcome =
  | { readonly kind: "revoked" }
  /** The provider has no revocation endpoint, or there is no token to name: the person ends the grant at the provider. */
  | { readonly kind: "unsupported" }
  | ({ readonly kind: "failed" } & Classified);

/**
 * Ends a grant, by the tokens that the server takes for that: the refresh token first, unless it is declared otherwise,
 * since that ends most servers' access tokens too (RFC 7009 §2). A token that it no longer knows counts as revoked (§2.2).
 * @throws SealringError `client_misconfigured` as `clientAuthentication` does.
 */
export async function revoke(http: HttpClient, party: Party, tokens: LiveTokens): Promise<RevocationOutcome> {
  const { metadata, revocation } = party.provider;
  let outcome: RevocationOutcome = { kind: "unsupported" };
  if (metadata.revocation_endpoint === undefined) return outcome;
  for (const kind of revocation.tokens) {
    const token = kind === "refresh_token" ? tokens.refreshToken : tokens.accessToken;
    if (token === undefined) continue;
    const request = await requestOf(party, { kind, token, endpoint: metadata.revocation_endpoint });
    const next = read(await http.send(request), revocation);
    if (next.kind === "failed" && !(outcome.kind === "revoked" && next.code === "unsupported_token_type"))
      return next;
    outcome = { kind: "revoked" };
  }
  return outcome;
}

interface ToRevoke {
  readonly kind: Revocation["tokens"][number];
  readonly token: Secret;
  readonly endpoint: string;
}

async function requestOf(party: Party, { kind, token, endpoint }: ToRevoke): Promise<HttpRequest> {
  const { provider, client } = party;
  const { revocation } = provider;
  const proof = new URLSearchParams();
  const headers = new Headers();
  await proverOf(party)?.(asServer(provider), asClient(client), proof, headers);
  const parameters = renamed(proof, { client_id: provider.client.idParameter });
  if (isByTheBook(revocation)) parameters.set("token_type_hint", kind);
  const url = endpoint.replaceAll("{client_id}", () => encodeURIComponent(client.id));
  const named = headersOf(revocation.headers, client.id);
  const draft = {
    method: revocation.method,
    url,
    headers: { ...Object.fromEntries(headers), ...named },
    parameters,
  };
  return withToken(draft, revocation, token.reveal());
}

/** undefined: the request says nothing of the client. */
function proverOf({ provider, client }: Party): ClientAuth | undefined {
  const { clientAuthentication: method } = provider.revocation;
  if (method === "none") return undefined;
  return clientAuthentication({
    provider,
    client: method === "as_token_endpoint" ? client : { ...client, authMethod: method },
  });
}

/** A server with a way of its own has no use for RFC 7009's hint. */
function isByTheBook({ tokenIn, tokenParameter }: Revocation): boolean {
  return tokenIn === "form" && tokenParameter === "token";
}

function withToken(draft: Draft, revocation: Revocation, token: string): HttpRequest {
  const own = Object.entries(revocation.parameters);
  const named: [string, string][] = [...own, [revocation.tokenParameter, token]];
  const place = draft.method === "GET" ? "query" : "form";
  switch (revocation.tokenIn) {
    case "form":
      return encode(withParameters(draft, named), place);
    case "json":
      return encode(withParameters(draft, named), "json");
    case "query":
      return encode({ ...draft, url: withQuery(draft.url, named) }, place);
    case "bearer": {
      const headers = { ...draft.headers, authorization: `Bearer ${token}` };
      return encode({ ...withParameters(draft, own), headers }, place);
    }
  }
}

function withParameters(draft: Draft, more: readonly [string, string][]): Draft {
  return { ...draft, parameters: new URLSearchParams([...draft.parameters, ...more]) };
}

function read(outcome: HttpOutcome, { success }: Revocation): RevocationOutcome {
  if (outcome.kind !== "answer") return { kind: "failed", errorClass: "transient", code: outcome.reason };
  const { status } = outcome;
  const body = decodeBody(rawAnswer(outcome));
  if (status >= 200 && status < 300 && holds(success, body)) return { kind: "revoked" };
  const code = status < 500 ? body?.["error"] : undefined;
  if (code === "invalid_token" || code === "invalid_grant") return { kind: "revoked" };
  return { kind: "failed", ...(typeof code === "string" ? classifyCode(code) : classifyStatus(status)) };
}
