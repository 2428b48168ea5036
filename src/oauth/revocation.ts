import { revocationRequest } from "oauth4webapi";
import type { HttpClient, HttpOutcome } from "../ports.ts";
import type { Secret } from "../secret.ts";
import { asClient, asServer, clientAuthentication } from "./client.ts";
import type { Party } from "./client.ts";
import { decodeFields } from "./decode.ts";
import { classifyCode, classifyStatus } from "./error-class.ts";
import type { Classified } from "./error-class.ts";
import { rawAnswer, sendThrough } from "./transport.ts";

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
 * Ends a grant: the refresh token first, since that ends most servers' access tokens too, then the access token
 * (RFC 7009 §2). A token that the server no longer knows counts as revoked (§2.2).
 */
export async function revoke(http: HttpClient, party: Party, tokens: LiveTokens): Promise<RevocationOutcome> {
  const endpoint = party.provider.metadata.revocation_endpoint;
  if (endpoint === undefined) return { kind: "unsupported" };
  const { revocation } = party.provider;
  if (revocation.tokenIn !== "query") return revokeEach(http, party, tokens);
  if (tokens.accessToken === undefined) return { kind: "unsupported" };
  const url = new URL(endpoint);
  url.searchParams.set(revocation.tokenParameter, tokens.accessToken.reveal());
  return read(await http.send({ method: revocation.method, url: url.href, headers: {} }));
}

async function revokeEach(http: HttpClient, party: Party, tokens: LiveTokens): Promise<RevocationOutcome> {
  let outcome: RevocationOutcome = { kind: "unsupported" };
  const named = [
    ["refresh_token", tokens.refreshToken],
    ["access_token", tokens.accessToken],
  ] as const;
  for (const [hint, token] of named) {
    if (token === undefined) continue;
    const answer = await sendThrough(http, (options) =>
      revocationRequest(
        asServer(party.provider),
        asClient(party.client),
        clientAuthentication(party),
        token.reveal(),
        {
          ...options,
          additionalParameters: { token_type_hint: hint },
        },
      ),
    );
    const next = read(answer);
    if (next.kind === "failed" && !(outcome.kind === "revoked" && next.code === "unsupported_token_type"))
      return next;
    outcome = { kind: "revoked" };
  }
  return outcome;
}

function read(outcome: HttpOutcome): RevocationOutcome {
  if (outcome.kind !== "answer") return { kind: "failed", errorClass: "transient", code: outcome.reason };
  if (outcome.status >= 200 && outcome.status < 300) return { kind: "revoked" };
  const code = outcome.status < 500 ? decodeFields(rawAnswer(outcome))?.["error"] : undefined;
  if (code === "invalid_token" || code === "invalid_grant") return { kind: "revoked" };
  return {
    kind: "failed",
    ...(typeof code === "string" ? classifyCode(code) : classifyStatus(outcome.status)),
  };
}
