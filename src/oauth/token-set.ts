import type { Secret } from "../secret.ts";

/** What a token endpoint granted, normalized from its raw answer. */
export interface TokenSet {
  readonly accessToken: Secret;
  readonly tokenType: string;
  /** The new one, or the one that it replaces when the answer omits it; undefined where there is none. */
  readonly refreshToken: Secret | undefined;
  readonly idToken: Secret | undefined;
  /** undefined: the server did not say. Clamped to a year. */
  readonly expiresAt: Date | undefined;
  /** When the refresh token ends, by this answer; undefined: it did not say. Clamped to ten years. */
  readonly refreshExpiresAt: Date | undefined;
  /** Granted scopes without the provider's prefix; undefined: as requested (RFC 6749 §5.1). */
  readonly scope: readonly string[] | undefined;
}

/** A token endpoint's answer as it came, before anything judged it. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  /** The body, decoded as UTF-8. */
  readonly body: string;
}
