import { expect, it } from "vitest";
import { judgeClock } from "../../src/doctor/clock.ts";
import { NOW } from "./subject.ts";

function at(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1_000);
}

it.each([
  [0, "ok", "agrees"],
  [60, "ok", "agrees"],
  [61, "warning", "is 1m 1s behind"],
  [-61, "warning", "is 1m 1s ahead of"],
  [300, "warning", "is 5m behind"],
  [301, "failure", "is 5m 1s behind"],
  [-3_600, "failure", "is 1h ahead of"],
])("a GitHub whose clock says %i seconds more is %s: the clock %s GitHub's", (seconds, kind, found) => {
  expect(judgeClock({ asked: NOW, answered: NOW, serverTime: at(seconds) })).toMatchObject({
    kind,
    found: expect.stringContaining(found) as string,
  });
});

it("an answer that took long says nothing against the clock", () => {
  expect(judgeClock({ asked: at(-400), answered: NOW, serverTime: at(-390) }).kind).toBe("ok");
  expect(judgeClock({ asked: at(-400), answered: NOW, serverTime: at(-10) }).kind).toBe("ok");
  expect(judgeClock({ asked: at(-400), answered: NOW, serverTime: at(-470) }).kind).toBe("warning");
});
