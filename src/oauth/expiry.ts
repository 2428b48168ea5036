import type { AnswerDepartures } from "../providers/provider.ts";
import { parseJson } from "./decode.ts";
import type { Fields } from "./decode.ts";
import { valueAt } from "./pointer.ts";

const YEAR_SECONDS = 31_536_000;

/** The fields in which servers say how long a refresh token lives. No RFC has one. */
export const REFRESH_LIFETIME = [
  "refresh_token_expires_in",
  "refresh_expires_in",
  "x_refresh_token_expires_in",
];

const RFC_3339 = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i;

/** More seconds than that since 1970 are milliseconds, as some servers count: it is the year 5138. */
const MAX_EPOCH_SECONDS = 99_999_999_999;

/**
 * When the access token ends: by its lifetime, its instant, its own `exp` or what the provider declares, in this order.
 * undefined: none of them tells. Held between now and a year, whatever the server writes.
 */
export function expiryOf(members: Fields, departures: AnswerDepartures, obtainedAt: Date): Date | undefined {
  if (departures.expiry === "never") return undefined;
  const lifetime = lifetimeSeconds(members["expires_in"]);
  if (lifetime !== undefined) return after(obtainedAt, lifetime, YEAR_SECONDS);
  const at = epochSeconds(members["expires_at"]) ?? expOf(members["access_token"], departures);
  const seconds = at === undefined ? departures.lifetimeSeconds : at - obtainedAt.getTime() / 1_000;
  return seconds === undefined ? undefined : after(obtainedAt, seconds, YEAR_SECONDS);
}

/**
 * When the refresh token ends, by this answer; undefined: it does not say. Keycloak writes 0 where it tells no end of an
 * offline token; it may still end of idleness.
 */
export function refreshExpiryOf(members: Fields, obtainedAt: Date): Date | undefined {
  const told = REFRESH_LIFETIME.map((name) => lifetimeSeconds(members[name]));
  const seconds = told.find((value) => value !== undefined);
  return seconds === undefined || seconds <= 0 ? undefined : after(obtainedAt, seconds, 10 * YEAR_SECONDS);
}

function after(obtainedAt: Date, seconds: number, atMost: number): Date {
  return new Date(obtainedAt.getTime() + Math.min(Math.max(seconds, 0), atMost) * 1_000);
}

function lifetimeSeconds(value: unknown): number | undefined {
  const seconds = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof seconds === "number" && !Number.isNaN(seconds) ? seconds : undefined;
}

/** Zero and less is how some say that there is no end. */
function epochSeconds(value: unknown): number | undefined {
  const seconds = lifetimeSeconds(value) ?? rfc3339Seconds(value);
  if (seconds === undefined || seconds <= 0) return undefined;
  return seconds > MAX_EPOCH_SECONDS ? seconds / 1_000 : seconds;
}

function rfc3339Seconds(value: unknown): number | undefined {
  if (typeof value !== "string" || !RFC_3339.test(value)) return undefined;
  const milliseconds = Date.parse(value.toUpperCase().replace(" ", "T"));
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1_000;
}

/** RFC 7519 §4.1.4. Nothing is verified: whoever could forge it could write `expires_in`, too. */
function expOf(accessToken: unknown, { expiry }: AnswerDepartures): number | undefined {
  if (expiry !== "jwt" || typeof accessToken !== "string") return undefined;
  const claims = parseJson(Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString("utf8"));
  const exp = valueAt(claims, "/exp");
  return typeof exp === "number" && exp > 0 ? exp : undefined;
}
