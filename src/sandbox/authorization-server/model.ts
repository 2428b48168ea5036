import type { Grant } from "../../providers/provider.ts";

/**
 * Oura runs two servers: what the new portal registered is served at `/oauth/v2/ext/`, with scopes that begin with
 * `extapi:`; what the old one did at `/oauth/`, with bare scopes, no `iss`, and revocation by query.
 */
export type Generation = "current" | "legacy";

/** What a refresh does to the refresh token. */
export type RefreshRotation =
  | { readonly kind: "none" }
  | { readonly kind: "single_use" }
  | { readonly kind: "grace"; readonly seconds: number };

/** A registered application. */
export interface RegisteredClient {
  readonly id: string;
  /** undefined: a public client. */
  readonly secret: string | undefined;
  readonly generation: Generation;
  /** Compared byte for byte. */
  readonly redirectUris: readonly string[];
  readonly grants: readonly Grant[];
  readonly rotation: RefreshRotation;
  readonly accessTokenSeconds: number;
}

/** One consent of one person: every token that comes of it lives and dies with it. */
export interface GrantRecord {
  readonly client: RegisteredClient;
  /** Bare names, without a prefix. */
  readonly scopes: readonly string[];
  revoked: boolean;
}

/** What an authorization request asked for, once it was found good. */
export interface AuthorizationRequest {
  readonly client: RegisteredClient;
  readonly redirectUri: string;
  /** Whether the request named it: then the token request must, too (RFC 6749 §4.1.3). */
  readonly redirectUriGiven: "given" | "omitted";
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly challenge: CodeChallenge | undefined;
}

export interface CodeChallenge {
  readonly method: "S256" | "plain";
  readonly value: string;
}

/** A consent page that waits for its form. */
export interface PendingConsent {
  readonly csrfToken: string;
  readonly subject:
    | { readonly kind: "code"; readonly request: AuthorizationRequest }
    | { readonly kind: "device"; readonly device: DeviceAuthorization };
}

export interface IssuedCode {
  readonly request: AuthorizationRequest;
  readonly grant: GrantRecord;
  readonly expiresAt: Date;
  used: boolean;
}

export interface AccessToken {
  readonly grant: GrantRecord;
  readonly expiresAt: Date;
  revoked: boolean;
}

export interface RefreshToken {
  readonly grant: GrantRecord;
  usedAt: Date | undefined;
}

export interface DeviceAuthorization {
  readonly client: RegisteredClient;
  readonly userCode: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date;
  intervalSeconds: number;
  polledAt: Date | undefined;
  decision:
    | { readonly kind: "pending" | "denied" | "redeemed" }
    | { readonly kind: "allowed"; readonly grant: GrantRecord };
}

/** Everything that the authorization server knows. Tokens and codes are found by their value. */
export interface ServerState {
  readonly clients: Map<string, RegisteredClient>;
  readonly consents: Map<string, PendingConsent>;
  readonly codes: Map<string, IssuedCode>;
  readonly accessTokens: Map<string, AccessToken>;
  readonly refreshTokens: Map<string, RefreshToken>;
  readonly devices: Map<string, DeviceAuthorization>;
}
