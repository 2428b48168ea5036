import type { Logged, LogResult } from "../../commands/log.ts";
import type { Tone } from "../../page/tone.ts";

/** What happened on one day (UTC), newest first. */
export interface Day {
  /** Its midnight. */
  readonly at: Date;
  readonly lines: readonly LogResult[];
}

const DATE_LENGTH = "2026-11-23".length;

/** Lines of the log by their days, in their order. */
export function daysOf(lines: readonly LogResult[]): readonly Day[] {
  const days = new Map<string, LogResult[]>();
  for (const line of lines) {
    const date = line.at.toISOString().slice(0, DATE_LENGTH);
    days.set(date, [...(days.get(date) ?? []), line]);
  }
  return [...days].map(([date, own]) => ({ at: new Date(date), lines: own }));
}

/** The log, newest first, without what was begun where later lines say what came of it. */
export function whatMatters(lines: readonly LogResult[]): readonly LogResult[] {
  const newestOutcome = lines.findIndex(
    ({ what }) => what.kind === "event" && what.event.kind !== "intended",
  );
  return lines.filter(
    ({ what }, index) =>
      what.kind !== "event" ||
      what.event.kind !== "intended" ||
      newestOutcome === -1 ||
      index < newestOutcome,
  );
}

/** How a line of the log looks at a glance. */
export function toneOf(what: Logged): Tone {
  switch (what.kind) {
    case "compacted":
      return "idle";
    case "by_hand":
      return "warning";
    case "event":
      return TONES[what.event.kind];
  }
}

const TONES: Readonly<Record<Extract<Logged, { kind: "event" }>["event"]["kind"], Tone>> = {
  intended: "busy",
  to_publish: "busy",
  authorized: "good",
  refreshed: "good",
  recovered: "good",
  published: "good",
  abandoned: "warning",
  box_waiting: "warning",
  box_left: "warning",
  ambiguous: "warning",
  person_needed: "bad",
  revoked: "idle",
  pruned: "idle",
};
