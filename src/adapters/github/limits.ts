/** What a request counts against: the requests of one endpoint, or all of a token's. */
export interface Limit {
  readonly scope: "endpoint" | "token";
  readonly seconds: number;
  readonly capacity: number;
  readonly cost: (method: string) => number;
}

const isRead = (method: string) => method === "GET" || method === "HEAD";

/** What making content costs. A secret is none; blobs, trees, commits and refs are taken for some. */
const contentCost = (method: string) => (method === "POST" ? 1 : 0);

/**
 * GitHub's secondary limits (docs.github.com, "Rate limits for the REST API"): to one endpoint 900 points a minute,
 * where a read costs 1 and a write 5; 80 pieces of content a minute and 500 an hour. So 180 secrets a minute go into
 * the environments of a host. The pause of a second between writes that its "Best practices" advise is not a limit.
 */
export const LIMITS: readonly Limit[] = [
  { scope: "endpoint", seconds: 60, capacity: 900, cost: (method) => (isRead(method) ? 1 : 5) },
  { scope: "token", seconds: 60, capacity: 80, cost: contentCost },
  { scope: "token", seconds: 3600, capacity: 500, cost: contentCost },
];

/** GitHub takes 100 requests at once, REST and GraphQL together; ten are left to what else uses the token. */
export const MAX_CONCURRENT = 90;

/** "Wait for at least one minute", where a secondary limit is hit and no `retry-after` says how long. */
export const DEFAULT_PAUSE_SECONDS = 60;

/** A longer pause than this is not waited for: the run ends and the next one, on schedule, goes on. */
export const MAX_PAUSE_SECONDS = 120;
