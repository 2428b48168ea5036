import type { ErrorClass } from "../errors.ts";

/** RFC 8414's names for what an authorization server says of itself; what sealring uses of them. */
export interface ServerMetadata {
  readonly issuer?: string;
  readonly authorization_endpoint?: string;
  readonly token_endpoint?: string;
  readonly device_authorization_endpoint?: string;
  /** RFC 9126 §5. */
  readonly pushed_authorization_request_endpoint?: string;
  readonly require_pushed_authorization_requests?: boolean;
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

/**
 * What a used refresh token does when it comes again. `harmless`: it is refused; `revokes_family`: the whole grant ends
 * (RFC 9700 §4.14.2). What is unknown is feared.
 */
export type Reuse = "harmless" | "revokes_family" | "unknown";

/** Extra parameters, or headers, by name. `{client_id}` in a header is filled in when it is sent. */
export type Named = Readonly<Record<string, string>>;

/** How the client shows who it is. */
export interface ClientDepartures {
  /** RFC 6749 §2.2: client_id. */
  readonly idParameter: string;
  /** `none`: id and secret stand in a Basic header as they are, against RFC 6749 §2.3.1. */
  readonly basicEncoding: "form" | "none";
  /** `client_secret`: it is the user name of a Basic header, which has no password. */
  readonly basicUser: "client_id" | "client_secret";
  /** Whom a private_key_jwt assertion is for. */
  readonly assertionAudience: "issuer" | "token_endpoint";
}

/** What all token requests have in common. */
export interface TokenRequests {
  readonly format: "form" | "json";
  readonly headers: Named;
  /** Of those that are no refresh. */
  readonly parameters: Named;
}

/** A request that brings a new access token for what is presented (RFC 6749 §6, or what stands in for it). */
export interface Renewal {
  /** undefined: the token endpoint. */
  readonly endpoint: string | undefined;
  readonly method: "GET" | "POST";
  /** Empty: the request has none. */
  readonly grantType: string;
  /** `access_token`: there are no refresh tokens, and the access token takes their place. */
  readonly presents: "refresh_token" | "access_token";
  /** The parameter that carries it. */
  readonly tokenParameter: string;
  readonly clientAuthentication: "as_token_endpoint" | "none";
  /** Whether the redirect URI of the authorization goes along. */
  readonly redirectUri: "sent" | "left_out";
  readonly parameters: Named;
}

/** What a poll's status stands for, where its body does not say (RFC 8628 §3.5). */
export type PollMeaning =
  "authorization_pending" | "slow_down" | "access_denied" | "expired_token" | "invalid_grant";

/** How the device grant departs from RFC 8628. */
export interface DeviceDepartures {
  /** undefined: the token endpoint. */
  readonly tokenEndpoint: string | undefined;
  readonly scopeParameter: string;
  readonly codeParameter: string;
  readonly parameters: Named;
  readonly pollStatuses: Readonly<Record<string, PollMeaning>>;
}

/** A JSON Pointer (RFC 6901) and the value that is there in a success. */
export interface Condition {
  readonly pointer: string;
  readonly equals: string | number | boolean;
}

/** A member of a token answer, by RFC 6749 §5.1, or one that providers add. */
export type AnswerMember =
  | "access_token"
  | "token_type"
  | "refresh_token"
  | "expires_in"
  | "expires_at"
  | "refresh_token_expires_in"
  | "scope"
  | "id_token"
  | "error"
  | "error_description";

/** How answers of the token endpoint depart from RFC 6749 §5. */
export interface AnswerDepartures {
  /** A member's JSON Pointer, where it is not at the top under its own name. */
  readonly members: Readonly<Partial<Record<AnswerMember, string>>>;
  /** undefined: the HTTP status says it. */
  readonly success: Condition | undefined;
  /** `never`: access tokens have no end; `jwt`: an access token's `exp` tells it where the answer does not. */
  readonly expiry: "told" | "jwt" | "never";
  /** Counts where the answer does not say; undefined: unknown. */
  readonly lifetimeSeconds: number | undefined;
}

/** How a grant is ended at the revocation endpoint: the defaults are RFC 7009's. */
export interface Revocation {
  readonly method: "GET" | "POST" | "DELETE";
  /** In the order in which they are sent. */
  readonly tokens: readonly ("refresh_token" | "access_token")[];
  readonly tokenIn: "form" | "json" | "query" | "bearer";
  readonly tokenParameter: string;
  readonly clientAuthentication: "as_token_endpoint" | "client_secret_basic" | "client_secret_post" | "none";
  readonly parameters: Named;
  readonly headers: Named;
  readonly success: Condition | undefined;
}

/** A request that proves an access token. */
export interface VerificationRequest {
  readonly endpoint: string;
  readonly method: "GET" | "POST";
  readonly token:
    | { readonly in: "authorization"; readonly scheme: string }
    | { readonly in: "header" | "query"; readonly name: string };
  readonly headers: Named;
  readonly body: { readonly format: "form" | "json"; readonly members: Named } | undefined;
  readonly success: Condition | undefined;
}

/** Which redirect URIs the server takes for a loopback client (RFC 8252 §7.3 says any port). */
export type LoopbackRule =
  | "exact"
  | "exact_localhost"
  | "exact_ip_literal"
  | "any_port"
  | "any_port_localhost"
  | "any_port_ip_literal"
  | "https_only"
  | "unknown";

/** Where scopes go in an authorization request, and what stands between them. */
export interface ScopeRules {
  /** Left out of declared scopes, added on the wire, dropped before comparing: `extapi:`. */
  readonly prefix: string;
  readonly separator: " " | "," | "+";
  readonly parameter: string;
  /** Declared scopes that begin with the marker go into this parameter, without it. */
  readonly marked: readonly { readonly parameter: string; readonly marker: string }[];
}

/** Where a client is registered, and what is entered there. */
export interface Registration {
  readonly url: string | undefined;
  readonly redirectUri: string | undefined;
  readonly note: string | undefined;
}

/** An error of the token endpoint, and what it means. Everything that is given must agree. */
export interface ErrorMatcher {
  /** The answer's `error` (RFC 6749 §5.2). */
  readonly error: string | undefined;
  /** 400 to 499. */
  readonly status: number | undefined;
  /** A part of its description, in capitals or not. */
  readonly descriptionContains: string | undefined;
  /** `empty`: nothing, or blanks. */
  readonly body: "empty" | undefined;
  readonly means: Extract<
    ErrorClass,
    "reauthorization_required" | "client_misconfigured" | "transient" | "rate_limited" | "ambiguous"
  >;
}

/** A way of client authentication (RFC 7591 §2). */
export type ClientAuthMethod = "client_secret_basic" | "client_secret_post" | "private_key_jwt" | "none";

export type Grant = "authorization_code" | "device_code" | "client_credentials";

/** An authorization server's endpoints, and where it departs from the RFCs. */
export interface Provider {
  /** The catalogue's id, or `inline`. */
  readonly id: string;
  readonly name: string;
  readonly metadata: ServerMetadata;
  /** Other generations of it, each whole: chosen by the `iss` of a redirect, and by an envelope's pins after that. */
  readonly generations: readonly Provider[];
  /** Grants that it offers; undefined when unknown, so that none is refused. */
  readonly grants: readonly Grant[] | undefined;
  readonly client: ClientDepartures;
  /** An authorization request without PKCE is refused. */
  readonly pkceRequired: boolean;
  readonly authorizationParameters: Named;
  readonly tokenRequests: TokenRequests;
  readonly refresh: Renewal;
  /** What makes an authorization's access token one that lasts; undefined: nothing has to. */
  readonly exchange: Renewal | undefined;
  readonly device: DeviceDepartures;
  readonly answer: AnswerDepartures;
  readonly rotation: Rotation;
  readonly reuse: Reuse;
  /** False: it issues none, and a person authorizes again. */
  readonly issuesRefreshToken: boolean;
  /** Scopes with their meanings; undefined when unknown, so that none is refused. */
  readonly scopes: Readonly<Record<string, string>> | undefined;
  /** One of them has to be asked for, or no refresh token comes; empty: none is needed. */
  readonly offlineScopes: readonly string[];
  readonly scopeRules: ScopeRules;
  readonly revocation: Revocation;
  /** undefined: nothing is known to ask. */
  readonly verification: VerificationRequest | undefined;
  readonly loopback: LoopbackRule;
  /** What requests carry in place of the redirect URI; undefined: the URI itself. */
  readonly redirectAlias: string | undefined;
  readonly registration: Registration;
  /** From the authorization, however often it is refreshed; undefined: unknown. */
  readonly refreshTokenLifetimeSeconds: number | undefined;
  /** From the last use; undefined: unknown. */
  readonly refreshTokenIdleSeconds: number | undefined;
  /** Where errors mean something else than the registry says; the first that matches counts. */
  readonly errors: readonly ErrorMatcher[];
}
