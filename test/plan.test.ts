import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { defaultMarginSeconds, planRefresh, spreadMarginSeconds } from "../src/plan.ts";
import type { PlanInput } from "../src/plan.ts";
import { Secret } from "../src/secret.ts";
import { aCredential, at } from "./support/entries.ts";
import { aProvider, departing } from "./support/scripted-http.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

function tokensUntil(expiresAt: Date | undefined): PlanInput["tokens"] {
  return { refreshToken: new Secret("r"), expiresAt, refreshExpiresAt: undefined };
}

/** A token of 30 hours that was obtained at noon. */
function plan(nowSeconds: number, more: Partial<PlanInput> = {}): string {
  return planRefresh({
    credential: aCredential(),
    tokens: tokensUntil(at(30 * HOUR)),
    obtainedAt: at(0),
    authorizedAt: at(0),
    unpublished: false,
    now: at(nowSeconds),
    when: "due",
    ...more,
  }).kind;
}

test.each<[string, number, number, number]>([
  ["a third of a short lifetime", 0, HOUR, HOUR / 3],
  ["a third of 20 days", 0, 20 * DAY, (20 * DAY) / 3],
  ["a week of 30 days", 0, 30 * DAY, 7 * DAY],
  ["nothing of a token that was born dead", HOUR, 0, 0],
])("without a declared margin it is %s", (_, obtained, expires, margin) => {
  expect(defaultMarginSeconds(at(obtained), at(expires))).toBe(margin);
});

describe("the default margin", () => {
  it("is spread by the name: never shorter, and up to a quarter longer", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 365 * DAY }), (name, lifetime) => {
        const margin = defaultMarginSeconds(at(0), at(lifetime));
        const spread = spreadMarginSeconds(name, at(0), at(lifetime));
        expect(spread).toBeGreaterThanOrEqual(margin);
        expect(spread).toBeLessThan(margin * 1.25);
      }),
    );
  });

  it("leaves no two hours of a month's tokens with more than their share of a thousand", () => {
    const hours = new Map<number, number>();
    for (let index = 0; index < 1_000; index += 1) {
      const margin = spreadMarginSeconds(`credential-${String(index)}`, at(0), at(30 * DAY));
      const hour = Math.floor((margin - WEEK) / HOUR);
      hours.set(hour, (hours.get(hour) ?? 0) + 1);
    }
    // A quarter of a week is 42 hours.
    expect(hours.size).toBe(42);
    expect(Math.max(...hours.values())).toBeLessThan((2 * 1_000) / 42);
  });

  it("is the same on every day for one name", () => {
    expect(spreadMarginSeconds("oura", at(0), at(DAY))).toBe(
      spreadMarginSeconds("oura", at(HOUR), at(DAY + HOUR)),
    );
  });
});

describe("a token", () => {
  it("is due from the moment on at which no more than the margin is left", () => {
    const due = 30 * HOUR - spreadMarginSeconds(aCredential().name, at(0), at(30 * HOUR));
    expect(plan(Math.floor(due))).toBe("fresh");
    expect(plan(Math.ceil(due))).toBe("spend");
    expect(plan(99 * DAY)).toBe("spend");
  });

  it("is due by the declared margin where there is one", () => {
    const credential = aCredential({ marginSeconds: 8 * HOUR });
    expect(plan(22 * HOUR - 1, { credential })).toBe("fresh");
    expect(plan(22 * HOUR, { credential })).toBe("spend");
  });

  it("is due at once when the margin is longer than its life", () => {
    expect(plan(0, { credential: aCredential({ marginSeconds: 31 * HOUR }) })).toBe("spend");
  });

  it("of unknown lifetime is due on every run", () => {
    expect(plan(0, { tokens: tokensUntil(undefined) })).toBe("spend");
  });

  it("that could not be read out of its envelope is due", () => {
    expect(plan(0, { tokens: undefined })).toBe("spend");
  });

  it("is spent when a person forces it, due or not", () => {
    expect(plan(0, { when: "forced" })).toBe("spend");
    expect(plan(0, { when: "forced", unpublished: true })).toBe("spend");
  });
});

test("outputs that are missing are published, unless they are about to be replaced anyway", () => {
  expect(plan(0, { unpublished: true })).toBe("publish");
  expect(plan(20 * HOUR, { unpublished: true })).toBe("spend");
});

describe("a refresh token that dies idle", () => {
  const MONTHS = tokensUntil(at(90 * DAY));
  const idle = (seconds: number) => ({
    credential: aCredential({ provider: aProvider({ refreshTokenIdleSeconds: seconds }) }),
    tokens: MONTHS,
  });

  it("is used when half of a short limit is left, long before the access token is due", () => {
    expect(plan(2 * DAY - 1, idle(4 * DAY))).toBe("fresh");
    expect(plan(2 * DAY, idle(4 * DAY))).toBe("spend");
  });

  it("is used a week before the end of a long one", () => {
    expect(plan(53 * DAY - 1, idle(60 * DAY))).toBe("fresh");
    expect(plan(53 * DAY, idle(60 * DAY))).toBe("spend");
  });

  it("is used by what its own answer said", () => {
    const tokens = MONTHS && { ...MONTHS, refreshExpiresAt: at(10 * DAY) };
    expect(plan(5 * DAY - 1, { tokens })).toBe("fresh");
    expect(plan(5 * DAY, { tokens })).toBe("spend");
  });

  it("is not used in vain: where there is none, and where it dies of age", () => {
    const none = MONTHS && { ...MONTHS, refreshToken: undefined };
    expect(plan(3 * DAY, { ...idle(4 * DAY), tokens: none })).toBe("fresh");
    const provider = aProvider({ refreshTokenLifetimeSeconds: 10 * DAY });
    const tokens = MONTHS && { ...MONTHS, refreshExpiresAt: at(10 * DAY) };
    expect(plan(9 * DAY, { credential: aCredential({ provider }), tokens })).toBe("fresh");
  });
});

describe("a token without an end", () => {
  const without = { refreshToken: undefined, expiresAt: undefined, refreshExpiresAt: undefined };

  it("is never due where there is nothing to renew it with", () => {
    expect(plan(400 * DAY, { tokens: without })).toBe("fresh");
  });

  it("is due on every run where it can be renewed, since nobody knows how long it lasts", () => {
    expect(plan(0, { tokens: tokensUntil(undefined) })).toBe("spend");
    expect(plan(0, { tokens: without, credential: aCredential({ grant: "client_credentials" }) })).toBe(
      "spend",
    );
  });

  it("is due before its refresh token dies idle where the provider says that access tokens never end", () => {
    const credential = aCredential({ provider: departing({ access_token_expires: false }) });
    const idle = aCredential({
      provider: departing({ access_token_expires: false, refresh_token_idle_seconds: 30 * DAY }),
    });
    expect(plan(400 * DAY, { tokens: tokensUntil(undefined), credential })).toBe("fresh");
    expect(plan(22 * DAY, { tokens: tokensUntil(undefined), credential: idle })).toBe("fresh");
    expect(plan(24 * DAY, { tokens: tokensUntil(undefined), credential: idle })).toBe("spend");
  });
});
