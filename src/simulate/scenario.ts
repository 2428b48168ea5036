import type { Credential, Project } from "../declaration/credential.ts";

/** Lengths of time by how many in a hundred are shorter, in rising order; between them the logarithm is straight. */
export interface Delays {
  readonly medianSeconds: number;
  /** Nineteen in twenty are shorter. */
  readonly highSeconds: number;
  readonly longestSeconds: number;
  /** The share of scheduled runs that never start. */
  readonly dropped: number;
}

/**
 * GitHub says that a schedule may start late, and be dropped, and not how often ("Events that trigger workflows",
 * schedule). The longest is what users have met: community discussion 213505 tells of six hours, 210625 of more than four.
 * The rest is a guess on the dark side of minutes, for a schedule off the full hour.
 */
export const DEFAULT_DELAYS: Delays = {
  medianSeconds: 10 * 60,
  highSeconds: 60 * 60,
  longestSeconds: 6 * 3_600,
  dropped: 0.02,
};

/** Times at which nothing can be refreshed: a provider or GitHub is down. */
export interface Outages {
  /** In thirty days. */
  readonly aMonth: number;
  readonly seconds: number;
}

export const DEFAULT_OUTAGES: Outages = { aMonth: 1, seconds: 4 * 3_600 };

export interface Scenario {
  readonly project: Project;
  /** owner/name. */
  readonly repository: string;
  readonly credentials: readonly Credential[];
  /** Of every access token. */
  readonly lifetimeSeconds: number;
  readonly delays: Delays;
  readonly outages: Outages;
  readonly start: Date;
  readonly days: number;
  /** How old the tokens are at the start: all as old, or each of another age. */
  readonly authorized: "together" | "apart";
  /** The same seed gives the same result. */
  readonly seed: number;
}
