import type { AuthorizationServer } from "oauth4webapi";
import type { ProviderDeclaration } from "../providers/generated/provider.ts";
import type { Grant } from "../providers/provider.ts";

/** What an authorization server publishes of itself (RFC 8414 §2), as far as it helps with the questions. */
export interface Published {
  /** It may take others, too. */
  readonly scopes: readonly string[];
  /** What restricts the answers, as a provider would declare it. */
  readonly declaration: Pick<ProviderDeclaration, "grants" | "token_endpoint_auth_methods_supported">;
}

/** More are no list to read. */
const MOST_SCOPES = 100;
/** RFC 6749 §3.3, and a length that fits a line. */
const SCOPE = /^[!#-[\]-~]{1,64}$/;

const GRANT_TYPES: readonly (readonly [grant: Grant, type: string])[] = [
  ["authorization_code", "authorization_code"],
  ["device_code", "urn:ietf:params:oauth:grant-type:device_code"],
  ["client_credentials", "client_credentials"],
];

/** Nothing of it is trusted: scopes are bounded and printable, and of the rest only words that sealring knows count. */
export function publishedBy(server: AuthorizationServer): Published {
  const scopes = textsIn(server.scopes_supported).filter((scope) => SCOPE.test(scope));
  const types = textsIn(server.grant_types_supported);
  const grants = GRANT_TYPES.flatMap(([grant, type]) => (types.includes(type) ? [grant] : []));
  return {
    scopes: [...new Set(scopes)].slice(0, MOST_SCOPES),
    declaration: { ...atLeastOne(grants), ...keyAlone(server) },
  };
}

function atLeastOne(grants: Grant[]): Published["declaration"] {
  const [first, ...rest] = grants;
  return first === undefined ? {} : { grants: [first, ...rest] };
}

/** Servers that take public clients often leave `none` out of this list: only this restricts what a client may be. */
function keyAlone({ token_endpoint_auth_methods_supported: methods }: AuthorizationServer) {
  const known = textsIn(methods).filter((method) => KNOWN_METHODS.test(method));
  return known.length === 1 && known[0] === "private_key_jwt"
    ? { token_endpoint_auth_methods_supported: ["private_key_jwt" as const] satisfies [unknown] }
    : {};
}

const KNOWN_METHODS = /^(?:client_secret_basic|client_secret_post|private_key_jwt|none)$/;

function textsIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((each) => typeof each === "string") : [];
}
