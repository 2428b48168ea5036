import type { Credential } from "./declaration/credential.ts";
import { LIMITS } from "./github-limits.ts";

/** What is asked of GitHub with one token, by kind. GraphQL has an hour of its own. */
export interface Cost {
  readonly reads: number;
  /** Secrets, and the other writes that make no content. */
  readonly writes: number;
  /** Swaps of the journal: a tree, a commit and the move of the branch. */
  readonly swaps: number;
  readonly graphql: number;
}

/** What a job asks for: with the token that writes secrets, and with the one for the journal, the runs and the issues. */
export interface JobCost {
  readonly secrets: Cost;
  readonly journal: Cost;
}

/** One environment's job, as far as its cost goes. */
export interface JobSize {
  readonly credentials: number;
  /** How many of them it refreshes. */
  readonly refreshed: number;
  /** Secrets that one refresh writes: the envelope, and each output at each destination. */
  readonly writesPerRefresh: number;
  /** Stores that outputs go to, each with a key of its own. */
  readonly destinations: number;
  /** The first job of its file keeps the schedule alive. */
  readonly position: "first" | "later";
}

/** The size of the job of these credentials. */
export function sizeOfJob(
  credentials: readonly Credential[],
  position: JobSize["position"],
): Omit<JobSize, "refreshed"> {
  const writes = credentials.map(({ outputs, destinations }) => 1 + outputs.length * destinations.length);
  const destinations = new Set(
    credentials.flatMap((own) => own.destinations.map((place) => JSON.stringify(place))),
  );
  return {
    credentials: credentials.length,
    // The mean: which of them are due makes little difference.
    writesPerRefresh: writes.reduce((sum, each) => sum + each, 0) / Math.max(1, writes.length),
    destinations: destinations.size,
    position,
  };
}

const TEXTS_A_QUERY = 100;
/** So few entries are read one by one. */
const FEW_TEXTS = 3;
/** An intent and a commit, for what goes through in the same minute. */
const SWAPS_A_MINUTE = 2;

/** Secrets that fit into a minute beside the journal's share. */
export const SECRETS_A_MINUTE = Math.min(
  ...LIMITS.map(({ seconds, capacity, journalShare, cost }) =>
    cost("PUT") === 0 ? Infinity : ((capacity - journalShare) / cost("PUT")) * (60 / seconds),
  ),
);

/** What a scheduled job asks for where nothing is due: the journal, the owners' issues, and that its schedule stays alive. */
export function costOfLooking({ credentials, position }: Pick<JobSize, "credentials" | "position">): Cost {
  const [head, issues, viewer] = [3, 1, 1];
  const keepAlive = position === "first" ? 1 : 0;
  const isFew = credentials <= FEW_TEXTS;
  return {
    reads: head + issues + keepAlive + (isFew ? credentials : 0),
    writes: keepAlive,
    swaps: 0,
    graphql: viewer + (isFew ? 0 : Math.ceil(credentials / TEXTS_A_QUERY)),
  };
}

/** What a scheduled job asks for altogether. `minutes`: over how many its secrets are spread. */
export function costOfJob(size: JobSize, minutes: number): JobCost {
  const looking = costOfLooking(size);
  if (size.refreshed === 0) return { secrets: NOTHING, journal: looking };
  const [listing, statusPage, ownKey, canary] = [1, 1, 1, 1];
  return {
    secrets: {
      ...NOTHING,
      reads: listing + ownKey + size.destinations,
      writes: canary + size.refreshed * size.writesPerRefresh,
    },
    journal: { ...looking, reads: looking.reads + statusPage, swaps: SWAPS_A_MINUTE * minutes },
  };
}

const NOTHING: Cost = { reads: 0, writes: 0, swaps: 0, graphql: 0 };

/** Requests that count against the hour. */
export function requestsOf({ reads, writes, swaps }: Cost): number {
  return reads + writes + 3 * swaps;
}

export function pointsOf({ reads, writes, swaps, graphql }: Cost): number {
  return reads + graphql + 5 * (writes + 3 * swaps);
}

/** Pieces of content: a swap makes a tree and a commit. */
export function contentOf({ swaps }: Cost): number {
  return 2 * swaps;
}
