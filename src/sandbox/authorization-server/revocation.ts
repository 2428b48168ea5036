import { authenticateClient } from "./client-authentication.ts";
import { json, oauthError } from "./endpoint.ts";
import type { Visit } from "./endpoint.ts";
import type { RegisteredClient } from "./model.ts";

/** RFC 7009: what is not a token of the client's is answered as if it had been revoked. */
export function revoke(visit: Visit): Response {
  const authentication = authenticateClient(visit);
  if (authentication.kind === "refused") return authentication.response;
  const token = visit.form.get("token");
  if (token === null) return oauthError("invalid_request", "token is missing");
  revokeToken(visit, token, authentication.client);
  return new Response(null, { status: 200 });
}

/** A refresh token takes its grant along, an access token only itself. */
function revokeToken({ state }: Visit, token: string, client: RegisteredClient): void {
  const refreshToken = state.refreshTokens.get(token);
  if (refreshToken?.grant.client === client) refreshToken.grant.revoked = true;
  const accessToken = state.accessTokens.get(token);
  if (accessToken?.grant.client === client) accessToken.revoked = true;
}

/** Oura's old way: the access token in the query ends the whole grant. */
export function revokeByQuery({ state, query }: Visit): Response {
  const accessToken = state.accessTokens.get(query.get("access_token") ?? "");
  if (accessToken?.grant.client.generation !== "legacy") return json(400, { error: "invalid_request" });
  accessToken.grant.revoked = true;
  return json(200, {});
}
