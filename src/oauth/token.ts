import {
  authorizationCodeGrantRequest,
  clientCredentialsGrantRequest,
  deviceCodeGrantRequest,
  genericTokenEndpointRequest,
  nopkce,
} from "oauth4webapi";
import type { ClientAuth } from "oauth4webapi";
import type { HttpClient, HttpOutcome, HttpRequest } from "../ports.ts";
import type { Named, Renewal } from "../providers/provider.ts";
import type { Secret } from "../secret.ts";
import { asClient, asServer, clientAuthentication, endpointOf } from "./client.ts";
import type { Party } from "./client.ts";
import { withoutCutField } from "./decode.ts";
import { scopeParameters } from "./scope.ts";
import type { RawAnswer } from "./token-set.ts";
import { rawAnswer, sendThrough } from "./transport.ts";
import { encode, headersOf, renamed } from "./wire.ts";
import type { Draft } from "./wire.ts";

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
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- for servers that do not take it
  const verifier = grant.codeVerifier?.reveal() ?? nopkce;
  const { parameters } = grant;
  const { redirectAlias, tokenRequests } = party.provider;
  const redirectUri = redirectAlias ?? grant.redirectUri;
  const additionalParameters = tokenRequests.parameters;
  return send(http, party, {
    build: ({ server, client, auth, options }) =>
      authorizationCodeGrantRequest(server, client, auth, parameters, redirectUri, verifier, {
        ...options,
        additionalParameters,
      }),
  });
}

/** RFC 6749 §6, or what the provider has in its place. The scope is left out, so that it stays as granted. */
export async function refresh(http: HttpClient, party: Party, presented: Secret): Promise<Exchange> {
  return send(http, party, renewal(party, party.provider.refresh, presented));
}

/** Exchanges an access token for one that lasts, where the provider's `exchange` says how. */
export async function exchangeAccessToken(
  http: HttpClient,
  party: Party,
  { exchange, accessToken }: { readonly exchange: Renewal; readonly accessToken: Secret },
): Promise<Exchange> {
  return send(http, party, renewal(party, exchange, accessToken));
}

/** RFC 8628 §3.4: one poll. */
export async function deviceToken(http: HttpClient, party: Party, deviceCode: Secret): Promise<Exchange> {
  const { device, tokenRequests } = party.provider;
  const additionalParameters = tokenRequests.parameters;
  return send(http, party, {
    endpoint: device.tokenEndpoint,
    build: ({ server, client, auth, options }) =>
      deviceCodeGrantRequest(server, client, auth, deviceCode.reveal(), { ...options, additionalParameters }),
    shape: (draft) => ({
      ...draft,
      parameters: renamed(draft.parameters, { device_code: device.codeParameter }),
    }),
  });
}

/** RFC 6749 §4.4.2. `scopes` as declared. */
export async function clientCredentials(
  http: HttpClient,
  party: Party,
  scopes: readonly string[],
): Promise<Exchange> {
  const { provider } = party;
  const parameters = { ...provider.tokenRequests.parameters, ...scopeParameters(provider, scopes, "scope") };
  return send(http, party, {
    build: ({ server, client, auth, options }) =>
      clientCredentialsGrantRequest(server, client, auth, parameters, options),
  });
}

interface RequestParts {
  readonly server: ReturnType<typeof asServer>;
  readonly client: ReturnType<typeof asClient>;
  readonly auth: ReturnType<typeof clientAuthentication>;
  readonly options: Parameters<Parameters<typeof sendThrough>[1]>[0];
}

interface TokenRequest {
  /** undefined: the token endpoint. */
  readonly endpoint?: string | undefined;
  readonly build: (parts: RequestParts) => Promise<Response>;
  /** What of it is otherwise than the library has it. */
  readonly shape?: (draft: Draft) => Draft;
}

function renewal(party: Party, request: Renewal, presented: Secret): TokenRequest {
  const { endpoint, method, grantType, tokenParameter, clientAuthentication: authentication } = request;
  const parameters = {
    ...request.parameters,
    ...redirectWith(party, request),
    [tokenParameter]: presented.reveal(),
  };
  return {
    endpoint,
    build: ({ server, client, auth, options }) => {
      const proof = authentication === "none" ? UNNAMED : auth;
      return genericTokenEndpointRequest(
        server,
        client,
        proof,
        grantType || NO_GRANT_TYPE,
        parameters,
        options,
      );
    },
    shape: (draft) => {
      if (grantType === "") draft.parameters.delete("grant_type");
      return { ...draft, method };
    },
  };
}

function redirectWith({ provider, redirectUri }: Party, request: Renewal): Named {
  if (request.redirectUri === "left_out" || redirectUri === undefined) return {};
  return { redirect_uri: provider.redirectAlias ?? redirectUri };
}

/** The library asks for one; `shape` takes it out. */
const NO_GRANT_TYPE = "none";
const UNNAMED: ClientAuth = () => undefined;

async function send(http: HttpClient, party: Party, request: TokenRequest): Promise<Exchange> {
  const { provider } = party;
  const endpoint = request.endpoint ?? endpointOf(provider, "token_endpoint");
  const server = { ...asServer(provider), token_endpoint: endpoint };
  const client = asClient(party.client);
  const auth = clientAuthentication(party);
  const outcome = await sendThrough(
    http,
    (options) => request.build({ server, client, auth, options }),
    (draft) => encodeToken(request.shape?.(draft) ?? draft, party),
  );
  return asExchange(outcome);
}

function encodeToken(draft: Draft, { provider, client }: Party): HttpRequest {
  const { format, headers } = provider.tokenRequests;
  const parameters = renamed(draft.parameters, { client_id: provider.client.idParameter });
  return encode(
    { ...draft, headers: { ...draft.headers, ...headersOf(headers, client.id) }, parameters },
    draft.method === "GET" ? "query" : format,
  );
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
