import { describe, expect, it } from "vitest";
import type { Logged, LogResult } from "../../../src/commands/log.ts";
import { daysOf, toneOf, whatMatters } from "../../../src/console/history/days.ts";
import type { JournalEvent } from "../../../src/journal/event.ts";
import { at } from "../../support/entries.ts";

const HOUR = 3_600;

function event(happened: JournalEvent, hours = 0): LogResult {
  const what: Logged = { kind: "event", credential: "oura", event: happened, runUrl: undefined };
  return { commit: "c", at: at(hours * HOUR), what };
}

const begun = event({ kind: "intended", intent: "refresh", generation: 2 });
const refreshed = event({ kind: "refreshed", generation: 2 });
const byHand: LogResult = { commit: "c", at: at(0), what: { kind: "by_hand" } };

describe("what matters of the log", () => {
  it("is not what was begun, once later lines say what came of it", () => {
    const authorized = event({ kind: "authorized", generation: 1 });
    expect(whatMatters([refreshed, begun, authorized, begun])).toEqual([refreshed, authorized]);
  });

  it("is what was begun and goes on", () => {
    expect(whatMatters([begun, refreshed, begun])).toEqual([begun, refreshed]);
    expect(whatMatters([byHand, begun])).toEqual([byHand, begun]);
  });
});

describe("the log by days", () => {
  it("keeps its order, and begins a day at midnight in UTC", () => {
    const lines = [event({ kind: "refreshed", generation: 3 }, 12), refreshed, byHand];
    expect(daysOf(lines).map((day) => [day.at.toISOString().slice(0, 10), day.lines.length])).toEqual([
      ["2026-11-23", 1],
      ["2026-11-22", 2],
    ]);
  });

  it("has a tone for each line", () => {
    expect([begun, refreshed, byHand].map(({ what }) => toneOf(what))).toEqual(["busy", "good", "warning"]);
  });
});
