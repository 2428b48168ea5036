import { authorize } from "./authorize.ts";
import { CONSENT_PATH } from "./consent-page.ts";
import { decide } from "./consent.ts";
import { authorizeDevice, DEVICE_PAGE_PATH, showDevicePage } from "./device.ts";
import { ISSUER_PATH, issuerOf, json } from "./endpoint.ts";
import type { Endpoint, Visit } from "./endpoint.ts";
import { introspect } from "./introspection.ts";
import { personalInfo } from "./personal-info.ts";
import { revoke, revokeByQuery } from "./revocation.ts";
import { SCOPES, writeScopes } from "./scopes.ts";
import { token } from "./token.ts";

const BASE = "/oauth/v2/ext";

/** Paths of the new server's endpoints, below its origin. */
export const PATHS = {
  authorization: `${BASE}/oauth-authorize`,
  token: `${BASE}/oauth-token`,
  deviceAuthorization: `${BASE}/oauth-device-authorize`,
  revocation: `${BASE}/oauth-revoke`,
  introspection: `${BASE}/oauth-introspect`,
  verification: "/v2/usercollection/personal_info",
} as const;

/** Paths of the old server's, below the same origin. */
export const LEGACY_PATHS = {
  authorization: "/oauth/authorize",
  token: "/oauth/token",
  revocation: "/oauth/revoke",
} as const;

/** RFC 8414 §2. */
function describe(visit: Visit): Response {
  return json(200, {
    issuer: issuerOf(visit),
    authorization_endpoint: visit.origin + PATHS.authorization,
    token_endpoint: visit.origin + PATHS.token,
    device_authorization_endpoint: visit.origin + PATHS.deviceAuthorization,
    revocation_endpoint: visit.origin + PATHS.revocation,
    introspection_endpoint: visit.origin + PATHS.introspection,
    scopes_supported: Object.keys(SCOPES).map((name) => writeScopes("current", [name])),
    response_types_supported: ["code"],
    grant_types_supported: [
      "authorization_code",
      "refresh_token",
      "client_credentials",
      "urn:ietf:params:oauth:grant-type:device_code",
    ],
    token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic", "none"],
    code_challenge_methods_supported: ["S256", "plain"],
    authorization_response_iss_parameter_supported: true,
  });
}

const current = { generation: "current" } as const;
const legacy = { generation: "legacy" } as const;

/** Everything that the authorization server answers. */
export const ENDPOINTS: readonly Endpoint[] = [
  {
    ...current,
    name: "discovery",
    method: "GET",
    path: `${ISSUER_PATH}/.well-known/openid-configuration`,
    handle: describe,
  },
  {
    ...current,
    name: "discovery",
    method: "GET",
    path: `/.well-known/oauth-authorization-server${ISSUER_PATH}`,
    handle: describe,
  },
  { ...current, name: "authorization", method: "GET", path: PATHS.authorization, handle: authorize },
  { ...current, name: "consent", method: "POST", path: CONSENT_PATH, handle: decide },
  { ...current, name: "token", method: "POST", path: PATHS.token, handle: token },
  {
    ...current,
    name: "device_authorization",
    method: "POST",
    path: PATHS.deviceAuthorization,
    handle: authorizeDevice,
  },
  { ...current, name: "device_page", method: "GET", path: DEVICE_PAGE_PATH, handle: showDevicePage },
  { ...current, name: "revocation", method: "POST", path: PATHS.revocation, handle: revoke },
  { ...current, name: "introspection", method: "POST", path: PATHS.introspection, handle: introspect },
  { ...current, name: "verification", method: "GET", path: PATHS.verification, handle: personalInfo },
  { ...legacy, name: "authorization", method: "GET", path: LEGACY_PATHS.authorization, handle: authorize },
  { ...legacy, name: "token", method: "POST", path: LEGACY_PATHS.token, handle: token },
  { ...legacy, name: "revocation", method: "POST", path: LEGACY_PATHS.revocation, handle: revokeByQuery },
  { ...legacy, name: "revocation", method: "GET", path: LEGACY_PATHS.revocation, handle: revokeByQuery },
];
