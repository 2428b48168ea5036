/** One of GitHub's limits, as a window that slides. */
export interface Limit {
  readonly name: "points_a_minute" | "content_a_minute" | "content_an_hour";
  readonly seconds: number;
  readonly capacity: number;
  /** What is left to the journal alone, so that a box which no store takes can always be put there. */
  readonly journalShare: number;
  readonly cost: (method: string) => number;
  /** What so many requests of another job, just before, may have taken of it. */
  readonly presumed: (requests: number) => number;
}

const pointCost = (method: string) => (method === "GET" || method === "HEAD" ? 1 : 5);

/** What making content costs. A secret is none; trees, commits and refs are taken for some. */
const contentCost = (method: string) => (method === "POST" ? 1 : 0);

/**
 * GitHub's secondary limits (docs.github.com, "Rate limits for the REST API"): 900 points a minute, where a read costs
 * 1 and a write 5; 80 pieces of content a minute and 500 an hour. The documentation speaks of the points of "a single
 * endpoint" and of "REST API endpoints" in one breath; all of a token's requests are counted together, which keeps
 * both readings. Ten swaps of the journal (15 points each) are kept free, which leaves 150 secrets a minute.
 * The second between writes that the "Best practices" advise is no limit, and would take 100 credentials minutes.
 */
export const LIMITS: readonly Limit[] = [
  {
    ...{ name: "points_a_minute", seconds: 60, capacity: 900, journalShare: 150 },
    cost: pointCost,
    presumed: (requests) => requests * pointCost("PUT"),
  },
  {
    ...{ name: "content_a_minute", seconds: 60, capacity: 80, journalShare: 0 },
    cost: contentCost,
    presumed: (requests) => requests,
  },
  {
    ...{ name: "content_an_hour", seconds: 3600, capacity: 500, journalShare: 0 },
    cost: contentCost,
    presumed: () => 0,
  },
];

/** GitHub's primary limit on the requests of one hour, of a person's token and, at the least, of an App's. */
export const REQUESTS_AN_HOUR = 5_000;

/** The same of all GITHUB_TOKENs of one repository; on GitHub Enterprise Cloud it is 15,000. */
export const ACTIONS_REQUESTS_AN_HOUR = 1_000;

/** The last requests of an hour are for finishing what was begun: swaps of the journal, retries, the owners' issues. */
export const RESERVE_REQUESTS = 100;

/** GitHub takes 100 requests at once, REST and GraphQL together; ten are left to what else uses the token. */
export const MAX_CONCURRENT = 90;

/** How long a reservation is kept for its write: longer than any token request takes. */
export const RESERVATION_SECONDS = 60;

/** "Wait for at least one minute", where a secondary limit is hit and no `retry-after` says how long. */
export const DEFAULT_PAUSE_SECONDS = 60;

/** A new hour that begins within this is waited for: to skip the jobs that follow would cost more of a runner's minutes. */
export const MAX_HOUR_WAIT_SECONDS = 600;

/** A longer pause than this is not waited for: the run ends and the next one, on schedule, goes on. */
export const MAX_PAUSE_SECONDS = 120;
