import { oauthError, secondsAfter } from "./endpoint.ts";
import type { Visit } from "./endpoint.ts";
import { issueTokens } from "./issue.ts";
import type { RefreshToken, RegisteredClient } from "./model.ts";
import { readScopes } from "./scopes.ts";

/** RFC 6749 §6. A refresh token that comes again takes the whole grant with it (RFC 9700 §4.14.2). */
export function refresh(visit: Visit, client: RegisteredClient): Response {
  const presented = visit.state.refreshTokens.get(visit.form.get("refresh_token") ?? "");
  if (presented?.grant.client !== client)
    return oauthError("invalid_grant", "the refresh token is not known");
  const { grant } = presented;
  if (grant.revoked) return oauthError("invalid_grant", "the grant was revoked");
  if (!mayBeUsed(visit, presented)) {
    grant.revoked = true;
    return oauthError("invalid_grant", "the refresh token was used before");
  }
  const scopes = visit.form.has("scope") ? readScopes(visit.form.get("scope")) : grant.scopes;
  if (scopes?.every((scope) => grant.scopes.includes(scope)) !== true) {
    return oauthError("invalid_scope", "the scope goes beyond what was granted");
  }
  if (client.rotation.kind === "none") return issueTokens(visit, grant, { kind: "no_refresh_token" });
  presented.usedAt ??= visit.now;
  return issueTokens(visit, grant, { kind: "new_refresh_token" });
}

function mayBeUsed({ now }: Visit, { usedAt, grant }: RefreshToken): boolean {
  const { rotation } = grant.client;
  if (usedAt === undefined) return true;
  return rotation.kind === "grace" && now < secondsAfter(usedAt, rotation.seconds);
}
