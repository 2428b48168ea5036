import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { useFrom, warningOf } from "../src/lifetime.ts";
import type { RefreshTokenLife } from "../src/lifetime.ts";
import { at } from "./support/entries.ts";

const DAY = 86_400;

interface Known {
  readonly lifetimeDays?: number;
  readonly idleDays?: number;
  readonly authorizedAt?: Date | undefined;
  readonly lastUsedDay?: number;
  readonly saidDay?: number;
}

/** Authorized on day 0; last used then, too, where nothing else is said. */
function life(known: Known): RefreshTokenLife {
  const seconds = (days: number | undefined) => (days === undefined ? undefined : days * DAY);
  return {
    provider: {
      refreshTokenLifetimeSeconds: seconds(known.lifetimeDays),
      refreshTokenIdleSeconds: seconds(known.idleDays),
    },
    authorizedAt: "authorizedAt" in known ? known.authorizedAt : at(0),
    lastUsedAt: day(known.lastUsedDay ?? 0),
    refreshExpiresAt: known.saidDay === undefined ? undefined : day(known.saidDay),
  };
}

const day = (number: number) => at(number * DAY);

/** The first whole hour at which there is a warning, as a day. */
function warnedFrom(known: Known): number | undefined {
  const hour = Array.from({ length: 24 * 400 }, (_, index) => index).find(
    (index) => warningOf(life(known), at(index * 3_600)) !== undefined,
  );
  return hour === undefined ? undefined : hour / 24;
}

describe("of age", () => {
  it.each([
    ["a fortnight before a long lifetime ends", 180, 166],
    ["in the last third of a short one", 9, 6],
  ])("it is told %s, however often it was used", (_, lifetimeDays, from) => {
    for (const lastUsedDay of [0, from - 1]) expect(warnedFrom({ lifetimeDays, lastUsedDay })).toBe(from);
    expect(warningOf(life({ lifetimeDays }), day(from))).toEqual({
      kind: "dies_of_age",
      at: day(lifetimeDays),
    });
  });

  it("it is told when it is over, until it is known to have been used after", () => {
    expect(warningOf(life({ lifetimeDays: 30 }), day(40))).toEqual({ kind: "dies_of_age", at: day(30) });
    expect(warningOf(life({ lifetimeDays: 30, lastUsedDay: 31 }), day(40))).toBeUndefined();
  });

  it("nothing is told where it is not known when it was authorized, or how long it lives", () => {
    expect(warnedFrom({ lifetimeDays: 30, authorizedAt: undefined })).toBeUndefined();
    expect(warnedFrom({})).toBeUndefined();
  });

  it("an answer that names the same end, to a day, means this end", () => {
    for (const saidDay of [29.5, 30, 30.5]) {
      const known = { lifetimeDays: 30, lastUsedDay: 29, saidDay };
      expect(useFrom(life(known))).toBeUndefined();
      expect(warningOf(life(known), day(29))?.kind).toBe("dies_of_age");
    }
  });
});

describe("of idleness", () => {
  it.each([
    ["by the provider's limit", { idleDays: 8, lastUsedDay: 100 }, 104, 106],
    ["by what the last answer said", { lastUsedDay: 100, saidDay: 108 }, 104, 106],
    ["by the nearer of both", { idleDays: 90, lastUsedDay: 100, saidDay: 108 }, 104, 106],
    ["a week before a long limit", { idleDays: 60, lastUsedDay: 0 }, 53, 56.5],
    ["though its age is farther", { lifetimeDays: 365, lastUsedDay: 100, saidDay: 108 }, 104, 106],
  ])("it is used early %s, and told when that has not happened", (_, known, use, told) => {
    expect(useFrom(life(known))).toEqual(day(use));
    expect(warnedFrom(known)).toBe(told);
    expect(warningOf(life(known), day(told))?.kind).toBe("dies_of_idleness");
  });

  it("it is told when it is over", () => {
    expect(warningOf(life({ idleDays: 8 }), day(20))).toEqual({ kind: "dies_of_idleness", at: day(8) });
  });
});

it("of two ends that are near the nearer is told", () => {
  const known = { lifetimeDays: 30, idleDays: 8, lastUsedDay: 20 };
  expect(warningOf(life(known), day(27))).toEqual({ kind: "dies_of_idleness", at: day(28) });
  expect(warningOf(life({ ...known, lastUsedDay: 25 }), day(29.9))).toEqual({
    kind: "dies_of_age",
    at: day(30),
  });
});

it("whoever uses a refresh token as soon as it is to be used is never warned of idleness", () => {
  const days = fc.integer({ min: 1, max: 400 });
  fc.assert(
    fc.property(days, days, fc.option(days, { nil: undefined }), (idleDays, lastUsedDay, said) => {
      const known = { idleDays, lastUsedDay, ...(said === undefined ? {} : { saidDay: lastUsedDay + said }) };
      const from = useFrom(life(known));
      expect(from && from > day(lastUsedDay)).toBe(true);
      expect(from && warningOf(life(known), from)).toBeUndefined();
    }),
  );
});
