/** RFC 8414's names for what an authorization server says of itself; what sealring uses of them. */
export interface ServerMetadata {
  readonly issuer?: string;
  readonly authorization_endpoint?: string;
  readonly token_endpoint?: string;
  readonly device_authorization_endpoint?: string;
  readonly revocation_endpoint?: string;
  readonly token_endpoint_auth_methods_supported?: readonly string[];
  readonly code_challenge_methods_supported?: readonly string[];
  readonly authorization_response_iss_parameter_supported?: boolean;
}

/**
 * What happens to a refresh token when it is used. `optional`: a new one may come and then replaces the old;
 * `old_stays_valid`: a new one comes and the old still works. What is unknown is treated as `single_use`.
 */
export type Rotation =
  | { readonly kind: "none" }
  | { readonly kind: "optional" }
  | { readonly kind: "single_use" }
  | { readonly kind: "grace"; readonly seconds: number }
  | { readonly kind: "old_stays_valid" }
  | { readonly kind: "unknown" };

/** How a grant is ended: RFC 7009, or the access token in a query parameter (Oura's old server). */
export type Revocation =
  | { readonly kind: "rfc7009" }
  | { readonly kind: "query"; readonly parameter: string; readonly method: "GET" | "POST" };

/** Which redirect URIs the server takes for a loopback client (RFC 8252 §7.3 says any port). */
export type LoopbackRule = "exact" | "any_port" | "any_port_ip_literal" | "unknown";

export type Grant = "authorization_code" | "device_code" | "client_credentials";

/** An authorization server's endpoints, and where it departs from the RFCs. */
export interface Provider {
  /** The catalogue's id, or `inline`. */
  readonly id: string;
  readonly name: string;
  readonly metadata: ServerMetadata;
  /** Grants that it offers; undefined when unknown, so that none is refused. */
  readonly grants: readonly Grant[] | undefined;
  readonly rotation: Rotation;
  /** Scopes with their meanings; undefined when unknown, so that none is refused. */
  readonly scopes: Readonly<Record<string, string>> | undefined;
  /** Left out of declared scopes, added on the wire, dropped before comparing: `extapi:`. */
  readonly scopePrefix: string;
  readonly revocation: Revocation;
  /** A request that proves an access token: GET with the bearer token. */
  readonly verificationEndpoint: string | undefined;
  readonly loopback: LoopbackRule;
  /** OAuth error codes of a refresh that mean a dead grant, beside `invalid_grant`. */
  readonly deadGrantErrors: readonly string[];
}
