import fc from "fast-check";
import { expect, test } from "vitest";
import { formatDuration, parseDurationSeconds } from "../src/duration.ts";

test.each([
  ["90s", 90],
  ["5m", 300],
  ["8h", 28_800],
  ["30d", 2_592_000],
  ["999999d", 86_399_913_600],
])("%s is %i seconds", (text, seconds) => {
  expect(parseDurationSeconds(text)).toBe(seconds);
});

test.each([
  "",
  "8",
  "h",
  "0s",
  "08h",
  "-1h",
  "1.5h",
  "8 h",
  "8H",
  "8h30m",
  "1000000s",
  "8w",
  "8h\n",
  "1e3s",
  "٣h",
])("%j is no length of time", (text) => {
  expect(parseDurationSeconds(text)).toBeUndefined();
});

test.each([
  [0, "0s"],
  [0.4, "0s"],
  [-5, "0s"],
  [45, "45s"],
  [59.6, "1m"],
  [90, "1m 30s"],
  [3_600, "1h"],
  [3_601, "1h"],
  [3_661, "1h 1m"],
  [86_400 + 30, "1d"],
  [2_591_999, "29d 23h"],
])("%d seconds are said as %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test("a length of time of one unit is said as it was written, or in a larger unit", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999 }), fc.constantFrom("s", "m", "h", "d"), (count, unit) => {
      const seconds = parseDurationSeconds(`${String(count)}${unit}`) ?? Number.NaN;
      const said = formatDuration(seconds)
        .split(" ")
        .map((part) => parseDurationSeconds(part) ?? Number.NaN);
      const sum = said.reduce((a, b) => a + b, 0);
      // What is left out is less than the smaller of the two units that are said.
      expect(seconds - sum).toBeGreaterThanOrEqual(0);
      expect(seconds - sum).toBeLessThan(3_600);
    }),
  );
});
