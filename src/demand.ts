import { ACTIONS_REQUESTS_AN_HOUR, REQUESTS_AN_HOUR, RESERVE_REQUESTS } from "./github-limits.ts";
import { costOfJob, costOfLooking, requestsOf } from "./request-cost.ts";
import type { JobSize } from "./request-cost.ts";

const WEEK_SECONDS = 7 * 86_400;

/** A job as it is from week to week. */
export interface SteadyJob {
  readonly size: Omit<JobSize, "refreshed">;
  /** Of each credential: seconds from a refresh to when the next is due. */
  readonly periods: readonly number[];
}

/** A workflow from week to week. */
export interface Steady {
  readonly jobs: readonly SteadyJob[];
  /** How often each job runs, and in how many different hours. */
  readonly starts: { readonly runsAWeek: number; readonly hoursAWeek: number };
  /** `one`: an App does everything. `two`: the job's own GITHUB_TOKEN has the journal. */
  readonly tokens: "one" | "two";
}

/** What an hour with a run has to ask of a token, on average, and what the token gives beside its reserve. */
export interface Demand {
  readonly token: "secrets" | "journal";
  readonly requests: number;
  readonly capacity: number;
}

/** The demand on each token, where refreshes are spread evenly: above the capacity, more and more is put off for ever. */
export function demandOf({ jobs, starts, tokens }: Steady): readonly Demand[] {
  const runs = starts.runsAWeek / Math.max(1, starts.hoursAWeek);
  const each = jobs.map((job) => meanCost(job, starts.runsAWeek));
  const secrets = runs * each.reduce((sum, cost) => sum + cost.secrets, 0);
  const journal = runs * each.reduce((sum, cost) => sum + cost.journal, 0);
  const capacity = REQUESTS_AN_HOUR - RESERVE_REQUESTS;
  if (tokens === "one") return [{ token: "secrets", requests: secrets + journal, capacity }];
  return [
    { token: "secrets", requests: secrets, capacity },
    { token: "journal", requests: journal, capacity: ACTIONS_REQUESTS_AN_HOUR - RESERVE_REQUESTS },
  ];
}

export function isAbove({ requests, capacity }: Demand): boolean {
  return requests > capacity;
}

/** Requests of one run of the job. */
function meanCost(
  { size, periods }: SteadyJob,
  runsAWeek: number,
): { readonly secrets: number; readonly journal: number } {
  // At most one a run, and those due between two runs.
  const between = WEEK_SECONDS / Math.max(1, runsAWeek);
  const refreshed = periods.reduce((sum, period) => sum + between / Math.max(between, period), 0);
  const looking = requestsOf(costOfLooking(size));
  // Fewer than one a run: so often a run has one.
  const { secrets, journal } = costOfJob({ ...size, refreshed: Math.max(1, refreshed) }, 1);
  const share = Math.min(1, refreshed);
  return {
    secrets: share * requestsOf(secrets),
    journal: looking + share * (requestsOf(journal) - looking),
  };
}
