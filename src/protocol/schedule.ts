import { Cron } from "croner";

/** When the scheduled workflow runs next after this moment; undefined: never again. The schedule is a valid one, in UTC. */
export function nextRunAfter(schedule: string, now: Date): Date | undefined {
  // `5/15` is a step from 5 on, as GitHub reads it.
  return new Cron(schedule, { timezone: "UTC", sloppyRanges: true }).nextRun(now) ?? undefined;
}
