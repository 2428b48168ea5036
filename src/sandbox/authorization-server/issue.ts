import { json, newToken, secondsAfter } from "./endpoint.ts";
import type { Visit } from "./endpoint.ts";
import type { GrantRecord } from "./model.ts";
import { writeScopes } from "./scopes.ts";

/** Whether a refresh token goes with an access token. */
export interface RefreshTokenChoice {
  readonly kind: "new_refresh_token" | "no_refresh_token";
}

/** A successful token answer (RFC 6749 §5.1), with Oura's `id_token: null`. */
export function issueTokens(visit: Visit, grant: GrantRecord, choice: RefreshTokenChoice): Response {
  const { client, scopes } = grant;
  const accessToken = newToken(visit, "access");
  const expiresAt = secondsAfter(visit.now, client.accessTokenSeconds);
  visit.state.accessTokens.set(accessToken, { grant, expiresAt, revoked: false });
  return json(200, {
    access_token: accessToken,
    token_type: "bearer",
    expires_in: client.accessTokenSeconds,
    ...(choice.kind === "new_refresh_token" ? { refresh_token: newRefreshToken(visit, grant) } : {}),
    id_token: null,
    scope: writeScopes(client.generation, scopes),
  });
}

function newRefreshToken(visit: Visit, grant: GrantRecord): string {
  const refreshToken = newToken(visit, "refresh");
  visit.state.refreshTokens.set(refreshToken, { grant, usedAt: undefined });
  return refreshToken;
}
