import type { Fields } from "./decode.ts";

const YEAR_SECONDS = 31_536_000;

/** RFC 6749 §3.3. What else a server writes is no scope, and not for a terminal or a page to act upon. */
const SCOPE_TOKEN = /^[\x21\x23-\x5B\x5D-\x7E]+$/;

/** A token answer in the shape that oauth4webapi accepts, and what is not for it to judge. */
export interface NormalizedFields {
  readonly judged: Fields;
  /**
   * As it came. sealring signs nobody in: it hands the ID token on to those who validate it (OpenID Connect Core §3.1.3.7),
   * and must not lose a refresh token to its claims.
   */
  readonly idToken: string | undefined;
  /** undefined: the server did not say. */
  readonly refreshLifetimeSeconds: number | undefined;
}

/** The fields in which servers say how long a refresh token lives. No RFC has one. */
export const REFRESH_LIFETIME = [
  "refresh_token_expires_in",
  "refresh_expires_in",
  "x_refresh_token_expires_in",
];

/**
 * Puts right what providers do beside RFC 6749 §5.1 without harm: no `token_type`, a lifetime as text or out of reason, an
 * array or commas for scopes, `null` for what is absent. What cannot be put right is left out, but for the access token.
 */
export function normalizeFields(fields: Fields, requestedScopes: readonly string[]): NormalizedFields {
  const tokenType = fields["token_type"];
  const judged = {
    access_token: fields["access_token"],
    token_type: typeof tokenType === "string" && tokenType.trim() !== "" ? tokenType.trim() : "bearer",
    refresh_token: text(fields["refresh_token"]),
    expires_in: lifetimeSeconds(fields["expires_in"], YEAR_SECONDS),
    scope: scope(fields["scope"], requestedScopes),
  };
  return {
    judged,
    idToken: text(fields["id_token"]),
    refreshLifetimeSeconds: refreshLifetimeSeconds(fields),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function lifetimeSeconds(value: unknown, atMost: number): number | undefined {
  const seconds = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof seconds !== "number" || Number.isNaN(seconds)) return undefined;
  return Math.min(Math.max(seconds, 0), atMost);
}

/** Keycloak writes 0 where it tells no end of an offline token; it may still end of idleness. */
function refreshLifetimeSeconds(fields: Fields): number | undefined {
  const told = REFRESH_LIFETIME.map((name) => lifetimeSeconds(fields[name], 10 * YEAR_SECONDS));
  const seconds = told.find((value) => value !== undefined);
  return seconds === 0 ? undefined : seconds;
}

/** Commas separate scopes where nobody asked for a scope with a comma in it. */
function scope(value: unknown, requestedScopes: readonly string[]): string | undefined {
  const list = Array.isArray(value) ? value.filter((item) => typeof item === "string").join(" ") : value;
  if (typeof list !== "string") return undefined;
  const separator = requestedScopes.some((name) => name.includes(",")) ? /\s+/ : /[\s,]+/;
  return list
    .split(separator)
    .filter((name) => SCOPE_TOKEN.test(name))
    .join(" ");
}
