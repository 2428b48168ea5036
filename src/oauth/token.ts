import {
  authorizationCodeGrantRequest,
  clientCredentialsGrantRequest,
  deviceCodeGrantRequest,
  nopkce,
  refreshTokenGrantRequest,
} from "oauth4webapi";
import type { HttpClient, HttpOutcome } from "../ports.ts";
import type { Secret } from "../secret.ts";
import { asClient, asServer, clientAuthentication, endpointOf } from "./client.ts";
import type { Party } from "./client.ts";
import { withoutCutField } from "./decode.ts";
import { scopeParameter } from "./scope.ts";
import type { RawAnswer } from "./token-set.ts";
import { rawAnswer, sendThrough } from "./transport.ts";

type Reason<Kind extends HttpOutcome["kind"]> = Extract<
  HttpOutcome,
  { kind: Kind; reason: string }
>["reason"];

/**
 * What became of a token request. Nothing here has been parsed, so that the caller can seal it first:
 * `answered` says that an answer came whole, not that it is an OAuth answer (see `isWellFormed`).
 */
export type Exchange =
  | { readonly kind: "answered"; readonly raw: RawAnswer }
  /** It provably never left: it may be sent again. */
  | { readonly kind: "not_sent"; readonly reason: Reason<"not_sent"> }
  /** The server may have acted on it. `raw` is what arrived, where something did: a refresh token may be in it. */
  | { readonly kind: "lost"; readonly reason: Reason<"lost">; readonly raw: RawAnswer | undefined };

/** What came with a success status, cut short or not. */
export function successOf(exchange: Exchange): RawAnswer | undefined {
  if (exchange.kind === "not_sent" || exchange.raw === undefined) return undefined;
  return exchange.raw.status >= 200 && exchange.raw.status < 300 ? exchange.raw : undefined;
}

/** A code that a redirect brought, and what its request was made with. */
export interface CodeGrant {
  /** Checked by `readRedirect`. */
  readonly parameters: URLSearchParams;
  readonly redirectUri: string;
  /** undefined: the server takes no PKCE. */
  readonly codeVerifier: Secret | undefined;
}

/** RFC 6749 §4.1.3, RFC 7636 §4.5. */
export async function exchangeCode(http: HttpClient, party: Party, grant: CodeGrant): Promise<Exchange> {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- for servers that say they take plain only
  const verifier = grant.codeVerifier?.reveal() ?? nopkce;
  return post(http, party, ({ server, client, auth, options }) =>
    authorizationCodeGrantRequest(
      server,
      client,
      auth,
      grant.parameters,
      grant.redirectUri,
      verifier,
      options,
    ),
  );
}

/** RFC 6749 §6. The scope is left out, so that it stays as granted. */
export async function refresh(http: HttpClient, party: Party, refreshToken: Secret): Promise<Exchange> {
  return post(http, party, ({ server, client, auth, options }) =>
    refreshTokenGrantRequest(server, client, auth, refreshToken.reveal(), options),
  );
}

/** RFC 8628 §3.4: one poll. */
export async function deviceToken(http: HttpClient, party: Party, deviceCode: Secret): Promise<Exchange> {
  return post(http, party, ({ server, client, auth, options }) =>
    deviceCodeGrantRequest(server, client, auth, deviceCode.reveal(), options),
  );
}

/** RFC 6749 §4.4.2. `scopes` as declared. */
export async function clientCredentials(
  http: HttpClient,
  party: Party,
  scopes: readonly string[],
): Promise<Exchange> {
  const parameters = scopeParameter(party.provider, scopes);
  return post(http, party, ({ server, client, auth, options }) =>
    clientCredentialsGrantRequest(server, client, auth, parameters, options),
  );
}

interface RequestParts {
  readonly server: ReturnType<typeof asServer>;
  readonly client: ReturnType<typeof asClient>;
  readonly auth: ReturnType<typeof clientAuthentication>;
  readonly options: Parameters<Parameters<typeof sendThrough>[1]>[0];
}

async function post(
  http: HttpClient,
  party: Party,
  build: (parts: RequestParts) => Promise<Response>,
): Promise<Exchange> {
  endpointOf(party.provider, "token_endpoint");
  const server = asServer(party.provider);
  const client = asClient(party.client);
  const auth = clientAuthentication(party);
  return asExchange(await sendThrough(http, (options) => build({ server, client, auth, options })));
}

function asExchange(outcome: HttpOutcome): Exchange {
  switch (outcome.kind) {
    case "answer":
      return { kind: "answered", raw: rawAnswer(outcome) };
    case "not_sent":
      return outcome;
    case "lost": {
      const { reason, head, partial } = outcome;
      const raw = head === undefined ? undefined : withoutCutField(rawAnswer({ ...head, body: partial }));
      return { kind: "lost", reason, raw };
    }
  }
}
