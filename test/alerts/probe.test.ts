import fc from "fast-check";
import { expect, it, test } from "vitest";
import { mayProbe, nextProbe } from "../../src/alerts/probe.ts";
import type { JournalEntry } from "../../src/journal/entry.ts";
import { nextRunAfter } from "../../src/protocol/schedule.ts";
import { afterLostAnswer } from "../../src/protocol/settle.ts";
import { anIntent, anOpenEntry, at } from "../support/entries.ts";

const SIX_HOURLY = { schedule: "17 */6 * * *" };
const PROBE = { kind: "probe", generation: 3, replaces: anIntent() } as const;

it.each([
  ["at the last run before the end", {}, at(86_400), "2026-11-23T06:17:00Z"],
  ["at the next run where none is left before it", {}, at(600), "2026-11-22T12:17:00Z"],
  ["at the next run once it has expired", {}, at(-600), "2026-11-22T12:17:00Z"],
  ["at the next run where no expiry is known", {}, undefined, "2026-11-22T12:17:00Z"],
  ["at the end where a run falls on it, and it was tried before", PROBE, at(22_620), "2026-11-22T18:17:00Z"],
  ["before the end where a run falls on it", {}, at(22_620), "2026-11-22T12:17:00Z"],
  ["after the end where it was tried before", PROBE, at(86_400), "2026-11-23T12:17:00Z"],
] as const)("an old token is tried %s", (_, intent, expiresAt, when) => {
  const entry = anOpenEntry(intent, { phase: "ambiguous", expiresAt });
  expect(nextProbe(entry, { ...SIX_HOURLY, reuse: "unknown" }, at(0))).toEqual(new Date(when));
});

/** What the runs of a schedule decide, one after the other. */
function firstProbe({ intent, expiresAt }: JournalEntry, schedule: string): Date | undefined {
  if (intent === undefined) return undefined;
  const rotation = { kind: "single_use" } as const;
  let now = nextRunAfter(schedule, at(0));
  for (; now !== undefined; now = nextRunAfter(schedule, now)) {
    const nextRunAt = nextRunAfter(schedule, now);
    const next = afterLostAnswer({
      rotation,
      reuse: "unknown",
      intent,
      expiresAt,
      now,
      nextRunAt,
      asked: false,
    });
    if (next === "probe") return now;
  }
  return undefined;
}

test("what is foretold is what the scheduled runs decide", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("17 */6 * * *", "5/15 * * * *", "0 3 * * 1", "0 8-9 * * *"),
      fc.option(
        fc.integer({ min: -12, max: 288 }).map((each) => each * 300),
        { nil: undefined },
      ),
      fc.constantFrom({}, PROBE),
      (schedule, seconds, intent) => {
        const expiresAt = seconds === undefined ? undefined : at(seconds);
        const entry = anOpenEntry(intent, { phase: "ambiguous", expiresAt });
        expect(nextProbe(entry, { schedule, reuse: "unknown" }, at(0))).toEqual(firstProbe(entry, schedule));
      },
    ),
  );
});

test("while the access token lives only one probe is to be had for the asking", () => {
  const probed = anOpenEntry(PROBE, { expiresAt: at(60) });
  expect(mayProbe(anOpenEntry({}, { expiresAt: at(60) }), "unknown", at(0))).toBe(true);
  expect(mayProbe(probed, "unknown", at(0))).toBe(false);
  expect(mayProbe(probed, "unknown", at(60))).toBe(true);
});

it("where reuse is harmless an old token that was tried is tried again", () => {
  const entry = anOpenEntry(PROBE, { phase: "ambiguous", expiresAt: at(86_400) });
  const next = (reuse: "harmless" | "unknown") => nextProbe(entry, { ...SIX_HOURLY, reuse }, at(0));
  expect([next("harmless"), next("unknown")]).toEqual([
    new Date("2026-11-23T06:17:00Z"),
    new Date("2026-11-23T12:17:00Z"),
  ]);
  expect([mayProbe(entry, "harmless", at(0)), mayProbe(entry, "unknown", at(0))]).toEqual([true, false]);
});
