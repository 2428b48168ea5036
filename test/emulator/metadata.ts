import type { Declared } from "./declared.ts";

/** Where a server's description lies: RFC 8414 §3.1, and OpenID Connect Discovery §4. */
export function metadataPaths(issuer: string): readonly string[] {
  const path = new URL(issuer).pathname.replace(/\/$/, "");
  return [`/.well-known/oauth-authorization-server${path}`, `${path}/.well-known/openid-configuration`];
}

/** What the server says of itself, by RFC 8414 §2. */
export function metadataOf(declared: Declared): Readonly<Record<string, unknown>> {
  const { issuer, authorization_endpoint, token_endpoint, device_authorization_endpoint } = declared;
  const { revocation_endpoint, pushed_authorization_request_endpoint } = declared;
  return {
    issuer,
    authorization_endpoint,
    token_endpoint,
    device_authorization_endpoint,
    revocation_endpoint,
    pushed_authorization_request_endpoint,
    require_pushed_authorization_requests: declared.require_pushed_authorization_requests,
    response_types_supported: ["code"],
    token_endpoint_auth_methods_supported: declared.token_endpoint_auth_methods_supported,
    code_challenge_methods_supported: declared.code_challenge_methods_supported,
    authorization_response_iss_parameter_supported: declared.authorization_response_iss_parameter_supported,
  };
}
