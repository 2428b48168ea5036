import { Cron } from "croner";

/** When the scheduled workflow runs next after this moment; undefined: never again. The schedule is a valid one, in UTC. */
export function nextRunAfter(schedule: string, now: Date): Date | undefined {
  return cronOf(schedule).nextRun(now) ?? undefined;
}

/** When it last runs before this moment; undefined: it never did. */
export function lastRunBefore(schedule: string, end: Date): Date | undefined {
  return cronOf(schedule).previousRuns(1, end)[0];
}

function cronOf(schedule: string): Cron {
  // `5/15` is a step from 5 on, as GitHub reads it.
  return new Cron(schedule, { timezone: "UTC", sloppyRanges: true });
}
