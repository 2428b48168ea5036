import { generateKeyPairSync } from "node:crypto";
import type { Departure } from "./departure.ts";
import { authorization, WELL } from "./departure.ts";

const KEY = generateKeyPairSync("ec", {
  namedCurve: "P-256",
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const SIGNED = {
  authMethod: "private_key_jwt",
  secret: { own: KEY.privateKey, registered: KEY.publicKey },
} as const;
const MARKED = ["read:daily", "user/write"];

const CLIENT: Readonly<Record<string, Departure>> = {
  token_endpoint_auth_methods_supported: {
    server: { token_endpoint_auth_methods_supported: ["client_secret_post"] },
  },
  client_id_parameter: { server: { client_id_parameter: "client_key" } },
  client_secret_basic_encoding: {
    server: { client_secret_basic_encoding: "none" },
    authMethod: "client_secret_basic",
  },
  client_secret_basic_user: {
    server: { client_secret_basic_user: "client_secret" },
    authMethod: "client_secret_basic",
  },
  client_assertion_audience: { server: { client_assertion_audience: "token_endpoint" }, ...SIGNED },
};

const AUTHORIZATION: Readonly<Record<string, Departure>> = {
  code_challenge_methods_supported: { server: { code_challenge_methods_supported: [] } },
  // A challenge in plain protects little, so it is sent where it is asked for, and not for its own sake.
  pkce_required: { server: { code_challenge_methods_supported: ["plain"], pkce_required: true } },
  authorization_response_iss_parameter_supported: {
    server: {},
    told: (declared) => ({ ...declared, authorization_response_iss_parameter_supported: true }),
    untold: (declared) => declared,
    sees: authorization,
    seen: "provider_drift",
    unseen: "authorized",
  },
  grants: {
    server: { grants: ["device_code"] },
    sees: authorization,
    seen: "faulty",
    unseen: "authorized",
  },
  scopes: {
    server: { scopes: { weekly: "Something else" } },
    sees: authorization,
    seen: "faulty",
    unseen: "authorized",
  },
  scope_prefix: { server: { scope_prefix: "ext:" } },
  scope_separator: { server: { scope_separator: "," } },
  scope_parameter: { server: { scope_parameter: "user_scope" } },
  scope_parameters: {
    server: { scope_parameters: [{ parameter: "user_scope", marker: "user/" }] },
    scopes: MARKED,
    seen: { ...WELL, allowed: MARKED, scope: ["read:daily", "write"] },
  },
  redirect_uri_alias: { server: { redirect_uri_alias: "the-app" } },
  loopback_redirect: { server: { loopback_redirect: "any_port_localhost" } },
  authorization_parameters: { server: { authorization_parameters: { access_type: "offline" } } },
};

const TOKEN: Readonly<Record<string, Departure>> = {
  token_parameters: { server: { token_parameters: { action: "requesttoken" } } },
  refresh_parameters: { server: { refresh_parameters: { scope: "offline" } } },
  token_headers: { server: { token_headers: { "Api-Version": "2022-06-28", "X-Client": "{client_id}" } } },
  token_request_format: { server: { token_request_format: "json" } },
  "refresh_request.method": { server: { refresh_request: { method: "GET" } } },
  "refresh_request.grant_type": { server: { refresh_request: { grant_type: "renew" } } },
  "refresh_request.presents": { server: { refresh_request: { presents: "access_token" } } },
  "refresh_request.token_parameter": { server: { refresh_request: { token_parameter: "old_token" } } },
  "refresh_request.sends_redirect_uri": { server: { refresh_request: { sends_redirect_uri: true } } },
  "refresh_request.client_authentication": {
    server: { refresh_request: { client_authentication: "none" } },
  },
};

const EXCHANGE = {
  method: "GET",
  grant_type: "exchange",
  token_parameter: "short_token",
  client_authentication: "none",
  sends_redirect_uri: true,
} as const;
const EXCHANGES: Departure = {
  server: { exchange_request: EXCHANGE, refresh_request: { presents: "access_token" } },
};

const DEVICE: Readonly<Record<string, Departure>> = {
  "device_authorization.scope_parameter": {
    server: { device_authorization: { scope_parameter: "scopes" } },
    grant: "device_code",
  },
  "device_authorization.parameters": {
    server: { device_authorization: { parameters: { response_type: "device_code" } } },
    grant: "device_code",
  },
  "device_authorization.code_parameter": {
    server: { device_authorization: { code_parameter: "code" } },
    grant: "device_code",
  },
  "device_authorization.poll_statuses": {
    server: { device_authorization: { poll_statuses: { "400": "authorization_pending" } } },
    grant: "device_code",
  },
};

/** How a client shows who it is, and what its requests look like. */
export const REQUESTS: Readonly<Record<string, Departure>> = {
  ...CLIENT,
  ...AUTHORIZATION,
  ...TOKEN,
  ...DEVICE,
  ...Object.fromEntries(Object.keys(EXCHANGE).map((name) => [`exchange_request.${name}`, EXCHANGES])),
};
