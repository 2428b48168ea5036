import { createHash } from "node:crypto";
import { authenticateClient } from "./client-authentication.ts";
import { redeemDeviceCode } from "./device.ts";
import { oauthError } from "./endpoint.ts";
import type { Visit } from "./endpoint.ts";
import { issueTokens } from "./issue.ts";
import type { CodeChallenge, IssuedCode, RegisteredClient } from "./model.ts";
import { refresh } from "./refresh.ts";
import { readScopes } from "./scopes.ts";

const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

/** The token endpoint (RFC 6749 §3.2). */
export function token(visit: Visit): Response {
  const authentication = authenticateClient(visit);
  if (authentication.kind === "refused") return authentication.response;
  const { client } = authentication;
  switch (visit.form.get("grant_type")) {
    case "authorization_code":
      return redeemCode(visit, client);
    case "refresh_token":
      return refresh(visit, client);
    case "client_credentials":
      return grantToClient(visit, client);
    case DEVICE_GRANT:
      return redeemDeviceCode(visit, client);
    case null:
      return oauthError("invalid_request", "grant_type is missing");
    default:
      return oauthError("unsupported_grant_type", "the grant type is not supported");
  }
}

function redeemCode(visit: Visit, client: RegisteredClient): Response {
  const issued = visit.state.codes.get(visit.form.get("code") ?? "");
  if (issued?.request.client !== client) return oauthError("invalid_grant", "the code is not known");
  if (issued.used) {
    // RFC 6749 §4.1.2: a code that comes twice was stolen once.
    issued.grant.revoked = true;
    return oauthError("invalid_grant", "the code was used before");
  }
  const fault = faultOfRedemption(visit, issued);
  if (fault !== undefined) return oauthError("invalid_grant", fault);
  issued.used = true;
  return issueTokens(visit, issued.grant, { kind: "new_refresh_token" });
}

function faultOfRedemption(
  { form, now, generation }: Visit,
  { request, expiresAt }: IssuedCode,
): string | undefined {
  if (now >= expiresAt) return "the code has expired";
  const redirectUri = form.get("redirect_uri");
  if (redirectUri === null && request.redirectUriGiven === "given") return "redirect_uri is missing";
  if (redirectUri !== null && redirectUri !== request.redirectUri) return "redirect_uri is another";
  // The old server knows nothing of PKCE.
  return generation === "current" ? faultOfVerifier(form.get("code_verifier"), request.challenge) : undefined;
}

/** RFC 7636 §4.6; a verifier without a challenge is a downgrade (RFC 9700 §2.1.1). */
function faultOfVerifier(verifier: string | null, challenge: CodeChallenge | undefined): string | undefined {
  if (challenge === undefined) return verifier === null ? undefined : "code_verifier without a challenge";
  if (verifier === null) return "code_verifier is missing";
  const shown =
    challenge.method === "plain" ? verifier : createHash("sha256").update(verifier).digest("base64url");
  return shown === challenge.value ? undefined : "code_verifier does not match";
}

/** RFC 6749 §4.4: the client's own access, without a refresh token. */
function grantToClient(visit: Visit, client: RegisteredClient): Response {
  if (!client.grants.includes("client_credentials") || client.secret === undefined) {
    return oauthError("unauthorized_client", "the client may not use this grant");
  }
  const scopes = readScopes(visit.form.get("scope"));
  if (scopes === undefined) return oauthError("invalid_scope", "a scope is not known");
  return issueTokens(visit, { client, scopes, revoked: false }, { kind: "no_refresh_token" });
}
