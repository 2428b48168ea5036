import { describe, expect, it } from "vitest";
import { expiryOf } from "../../src/oauth/expiry.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { departing } from "../support/scripted-http.ts";
import { OBTAINED_AT } from "../support/token-answers.ts";

describe("the end of an access token", () => {
  const jwt = (claims: unknown) =>
    `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;
  const IN_AN_HOUR = Date.parse("2026-11-22T13:00:00Z") / 1_000;

  it.each<[string, ProviderDeclaration, object, string | undefined]>([
    ["an instant in seconds", {}, { expires_at: IN_AN_HOUR }, "2026-11-22T13:00:00Z"],
    ["an instant in seconds as text", {}, { expires_at: String(IN_AN_HOUR) }, "2026-11-22T13:00:00Z"],
    ["an instant in milliseconds", {}, { expires_at: IN_AN_HOUR * 1_000 }, "2026-11-22T13:00:00Z"],
    ["an instant of RFC 3339", {}, { expires_at: "2026-11-22T14:00:00+01:00" }, "2026-11-22T13:00:00Z"],
    ["one in small letters", {}, { expires_at: "2026-11-22t13:00:00.5z" }, "2026-11-22T13:00:00.500Z"],
    ["an instant without a zone", {}, { expires_at: "2026-11-22T13:00:00" }, undefined],
    ["an instant that is none", {}, { expires_at: "2026-13-22T13:00:00Z" }, undefined],
    ["an instant of zero", {}, { expires_at: 0 }, undefined],
    ["an instant in the past", {}, { expires_at: 1 }, "2026-11-22T12:00:00Z"],
    ["an instant out of reason", {}, { expires_at: 9e10 }, "2027-11-22T12:00:00Z"],
    ["a lifetime beside an instant", {}, { expires_in: 60, expires_at: IN_AN_HOUR }, "2026-11-22T12:01:00Z"],
    ["a declared lifetime", { access_token_lifetime_seconds: 120 }, {}, "2026-11-22T12:02:00Z"],
    [
      "a lifetime beside a declared one",
      { access_token_lifetime_seconds: 120 },
      { expires_in: 60 },
      "2026-11-22T12:01:00Z",
    ],
    [
      "none, where tokens have none",
      { access_token_expires: false },
      { expires_in: 60, expires_at: IN_AN_HOUR },
      undefined,
    ],
    [
      "the claim of a JWT",
      { access_token_is_jwt: true },
      { access_token: jwt({ exp: IN_AN_HOUR }) },
      "2026-11-22T13:00:00Z",
    ],
    ["no claim of what is declared no JWT", {}, { access_token: jwt({ exp: IN_AN_HOUR }) }, undefined],
    [
      "a lifetime beside a claim",
      { access_token_is_jwt: true },
      { access_token: jwt({ exp: IN_AN_HOUR }), expires_in: 60 },
      "2026-11-22T12:01:00Z",
    ],
    ["a claim of zero", { access_token_is_jwt: true }, { access_token: jwt({ exp: 0 }) }, undefined],
    ["a JWT without the claim", { access_token_is_jwt: true }, { access_token: jwt({}) }, undefined],
    [
      "a claim of another type",
      { access_token_is_jwt: true },
      { access_token: jwt({ exp: "x" }) },
      undefined,
    ],
    ["what is no JWT", { access_token_is_jwt: true }, { access_token: "a.%%.c" }, undefined],
    [
      "a declared lifetime beside what is no JWT",
      { access_token_is_jwt: true, access_token_lifetime_seconds: 120 },
      { access_token: "a" },
      "2026-11-22T12:02:00Z",
    ],
  ])("by %s", (_what, departures, answer, expected) => {
    const expiresAt = expiryOf({ access_token: "a", ...answer }, departing(departures).answer, OBTAINED_AT);
    expect(expiresAt).toEqual(expected === undefined ? undefined : new Date(expected));
  });
});
