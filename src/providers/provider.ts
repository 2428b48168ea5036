import type { ErrorClass } from "../errors.ts";

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

/** An error of the token endpoint, and what it means. Everything that is given must agree. */
export interface ErrorMatcher {
  /** The answer's `error` (RFC 6749 §5.2). */
  readonly error: string | undefined;
  /** 400 to 499. */
  readonly status: number | undefined;
  /** A part of its description, in capitals or not. */
  readonly descriptionContains: string | undefined;
  readonly means: Extract<
    ErrorClass,
    "reauthorization_required" | "client_misconfigured" | "transient" | "rate_limited"
  >;
}

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
  /** From the authorization, however often it is refreshed; undefined: unknown. */
  readonly refreshTokenLifetimeSeconds: number | undefined;
  /** From the last use; undefined: unknown. */
  readonly refreshTokenIdleSeconds: number | undefined;
  /** Where errors mean something else than the registry says; the first that matches counts. */
  readonly errors: readonly ErrorMatcher[];
}
