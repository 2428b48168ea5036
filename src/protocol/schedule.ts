import { Cron } from "croner";

const HOUR = 3_600_000;
/** Any week does, but for schedules by the day of the month. */
const WEEK_START = new Date("2025-12-31T23:59:59Z");

/** When the scheduled workflow runs next after this moment; undefined: never again. The schedule is a valid one, in UTC. */
export function nextRunAfter(schedule: string, now: Date): Date | undefined {
  return cronOf(schedule).nextRun(now) ?? undefined;
}

/** When it last runs before this moment; undefined: it never did. */
export function lastRunBefore(schedule: string, end: Date): Date | undefined {
  return cronOf(schedule).previousRuns(1, end)[0];
}

/** A week of the schedule: how many runs it has, and in how many different hours. */
export function weekOf(schedule: string): { readonly runsAWeek: number; readonly hoursAWeek: number } {
  const hours = new Set<number>();
  let runsAWeek = 0;
  const end = new Date(WEEK_START.getTime() + 7 * 24 * HOUR);
  for (let at = nextRunAfter(schedule, WEEK_START); at && at < end; at = nextRunAfter(schedule, at)) {
    runsAWeek += 1;
    hours.add(Math.floor(at.getTime() / HOUR));
  }
  return { runsAWeek, hoursAWeek: hours.size };
}

function cronOf(schedule: string): Cron {
  // `5/15` is a step from 5 on, as GitHub reads it.
  return new Cron(schedule, { timezone: "UTC", sloppyRanges: true });
}
