import { ISSUER_PATH } from "../../src/sandbox/authorization-server/endpoint.ts";
import { PATHS } from "../../src/sandbox/authorization-server/endpoints.ts";
import type { RegisteredClient } from "../../src/sandbox/authorization-server/model.ts";
import { EVERY_PERMISSION } from "../../src/sandbox/github/permissions.ts";
import type { GitHubSandbox } from "../../src/sandbox/github/sandbox.ts";

export const REPOSITORY = "acme/credentials";

/** What tests vary in a declaration. `lines` come last. */
export interface Declaration {
  readonly grant: string;
  readonly rotation: string;
  readonly lines: string;
  readonly client: RegisteredClient;
}

/** A credential of a client at the sandbox's server, as its YAML file. */
export function declarationOf(
  name: string,
  { origin, client, grant, rotation, lines }: Declaration & { readonly origin: string },
): string {
  const redirect = grant === "authorization_code" ? `redirect_uri: ${client.redirectUris.join("")}\n` : "";
  return `version: 1
name: ${name}
provider:
  issuer: ${origin}${ISSUER_PATH}
  authorization_endpoint: ${origin}${PATHS.authorization}
  token_endpoint: ${origin}${PATHS.token}
  device_authorization_endpoint: ${origin}${PATHS.deviceAuthorization}
  revocation_endpoint: ${origin}${PATHS.revocation}
  verification_endpoint: ${origin}${PATHS.verification}
  rotation: ${rotation}
  scope_prefix: "extapi:"
grant: ${grant}
client:
  id: ${client.id}
  secret: OURA_CLIENT_SECRET
scopes: [personal, daily]
${redirect}outputs:
  ${name.toUpperCase()}_ACCESS_TOKEN: access_token
${lines}`;
}

/** Fills an empty GitHub, and gives a token that may do everything in it. */
export function furnish(github: GitHubSandbox): string {
  github.addOrganization("acme");
  for (const name of [REPOSITORY, "acme/dashboards"]) github.addRepository(name);
  github.addEnvironment(REPOSITORY, "sealring");
  const permissions = EVERY_PERMISSION;
  return github.addToken({ kind: "personal", login: "ada", permissions, repositories: "all" }).value;
}
