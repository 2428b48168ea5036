import { SealringError } from "../errors.ts";
import type { AuthorizationRequest } from "../oauth/authorization.ts";
import type { Redirect } from "../oauth/redirect.ts";
import { exchangeCode } from "../oauth/token.ts";
import type { HttpClient } from "../ports.ts";
import { TOKEN_REQUEST_SECONDS } from "./prepared.ts";
import type { GrantRequest, PreparedGrant } from "./prepared.ts";

/** A redirect to this request: with its state, for better or worse. */
export type OwnRedirect = Exclude<Redirect, { kind: "wrong_state" }>;

/**
 * The grant that a redirect brought, still unburned.
 * @throws SealringError when it brought none: of the class of its error code, or `provider_drift`.
 */
export function preparedFrom(
  redirect: OwnRedirect,
  authorization: AuthorizationRequest,
  { http, request }: { readonly http: HttpClient; readonly request: GrantRequest },
): PreparedGrant {
  if (redirect.kind !== "code") throw refusal(redirect, request.provider.name);
  const { redirectUri, codeVerifier } = authorization;
  const { parameters, provider } = redirect;
  return {
    provider,
    maxSeconds: TOKEN_REQUEST_SECONDS,
    burn: () => exchangeCode(http, { ...request, provider }, { parameters, redirectUri, codeVerifier }),
  };
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
