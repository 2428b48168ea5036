import { authenticateClient } from "./client-authentication.ts";
import { issuerOf, json } from "./endpoint.ts";
import type { Visit } from "./endpoint.ts";
import type { GrantRecord } from "./model.ts";
import { writeScopes } from "./scopes.ts";

/** RFC 7662: what a token is good for, told to the client that holds it. */
export function introspect(visit: Visit): Response {
  const authentication = authenticateClient(visit);
  if (authentication.kind === "refused") return authentication.response;
  const token = visit.form.get("token") ?? "";
  const found = findLive(visit, token);
  if (found?.grant.client !== authentication.client) return json(200, { active: false });
  const { client, scopes } = found.grant;
  return json(200, {
    active: true,
    client_id: client.id,
    scope: writeScopes(client.generation, scopes),
    iss: issuerOf(visit),
    ...(found.expiresAt === undefined ? {} : { exp: Math.floor(found.expiresAt.getTime() / 1_000) }),
  });
}

interface LiveToken {
  readonly grant: GrantRecord;
  readonly expiresAt: Date | undefined;
}

function findLive({ state, now }: Visit, token: string): LiveToken | undefined {
  const access = state.accessTokens.get(token);
  if (access !== undefined && !access.revoked && !access.grant.revoked && now < access.expiresAt)
    return access;
  const refresh = state.refreshTokens.get(token);
  const live = refresh !== undefined && refresh.usedAt === undefined && !refresh.grant.revoked;
  return live ? { grant: refresh.grant, expiresAt: undefined } : undefined;
}
