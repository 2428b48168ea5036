import { SealringError } from "../errors.ts";
import { readAnswer } from "../oauth/answer.ts";
import type { AuthorizationRequest } from "../oauth/authorization.ts";
import type { Redirect } from "../oauth/redirect.ts";
import { exchangeAccessToken, exchangeCode, successOf } from "../oauth/token.ts";
import type { Exchange } from "../oauth/token.ts";
import type { TokenSet } from "../oauth/token-set.ts";
import type { Clock, HttpClient, Progress } from "../ports.ts";
import type { Renewal } from "../providers/provider.ts";
import { TOKEN_REQUEST_SECONDS } from "./prepared.ts";
import type { GrantRequest, PreparedGrant } from "./prepared.ts";

/** A redirect to this request: with its state, for better or worse. */
export type OwnRedirect = Exclude<Redirect, { kind: "wrong_state" }>;

/** What burning a code takes. */
export interface CodePorts {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly progress: Progress;
}

/**
 * The grant that a redirect brought, still unburned.
 * @throws SealringError when it brought none: of the class of its error code, or `provider_drift`.
 */
export function preparedFrom(
  redirect: OwnRedirect,
  authorization: AuthorizationRequest,
  { ports, request }: { readonly ports: CodePorts; readonly request: GrantRequest },
): PreparedGrant {
  if (redirect.kind !== "code") throw refusal(redirect, request.provider.name);
  const { redirectUri, codeVerifier } = authorization;
  const { parameters, provider } = redirect;
  const answered = { ...request, provider };
  const { exchange } = provider;
  const burn = () => {
    ports.progress.say(`Exchanging the code at ${provider.name}`);
    return exchangeCode(ports.http, answered, { parameters, redirectUri, codeVerifier });
  };
  if (exchange === undefined) return { provider, maxSeconds: TOKEN_REQUEST_SECONDS, burn };
  return {
    provider,
    maxSeconds: 2 * TOKEN_REQUEST_SECONDS,
    burn: async () => lasting(await burn(), { ports, request: answered, exchange }),
  };
}

interface Lasting {
  readonly ports: CodePorts;
  readonly request: GrantRequest;
  readonly exchange: Renewal;
}

/**
 * The answer with the token that lasts, where the server gives one; else the first, which works for a while. So does one
 * that alone has what the next refresh presents.
 */
async function lasting(first: Exchange, { ports, request, exchange }: Lasting): Promise<Exchange> {
  const short = await tokensIn(first, ports.clock, request);
  if (short === undefined) return first;
  const { accessToken } = short;
  ports.progress.mask(accessToken);
  const second = await exchangeAccessToken(ports.http, request, { exchange, accessToken });
  const long = await tokensIn(second, ports.clock, request);
  if (long === undefined) return first;
  return short.refreshToken !== undefined && long.refreshToken === undefined ? first : second;
}

async function tokensIn(
  exchange: Exchange,
  clock: Clock,
  { provider, client, scopes }: GrantRequest,
): Promise<TokenSet | undefined> {
  const raw = successOf(exchange);
  if (raw === undefined) return undefined;
  const reading = await readAnswer(raw, {
    provider,
    clientId: client.id,
    requestedScopes: scopes,
    obtainedAt: clock.now(),
    replaces: undefined,
  });
  return reading.kind === "tokens" ? reading.tokens : undefined;
}

function refusal(redirect: Exclude<OwnRedirect, { kind: "code" }>, provider: string): SealringError {
  switch (redirect.kind) {
    case "error":
      return new SealringError(
        redirect.errorClass,
        `${provider} refused the authorization (${redirect.code})`,
        {
          hint: hintFor(redirect.code),
        },
      );
    case "wrong_issuer":
      return new SealringError(
        "provider_drift",
        `the redirect was not made by ${provider}: its iss is wrong or missing`,
        {
          hint: "do not trust the page that sent you; check the provider's issuer and run the command again",
        },
      );
    case "malformed":
      return new SealringError("provider_drift", `${provider} sent neither a code nor an error`, {
        hint: "run the command again; if it stays so, check the provider's authorization_endpoint",
      });
  }
}

function hintFor(code: string): string {
  switch (code) {
    case "access_denied":
      return "run the command again and allow the access";
    case "invalid_scope":
      return "check the scopes in the credential's file against those that the client is registered for";
    default:
      return "check the client's registration at the provider, then run the command again";
  }
}
