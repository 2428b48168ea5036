import type { Misfortune, Survivor } from "./misfortunes.ts";
import type { Moment } from "./moments.ts";

/** One refresh that goes wrong. */
export interface Cell {
  readonly moment: Moment;
  readonly misfortune: Misfortune;
  /** Of the runner's disk: uploaded when its job ends, or lost with the runner. */
  readonly disk: "uploaded" | "lost";
}

/** What servers and operating system saw of it. */
export interface Facts {
  /** `killed`: at its moment. Else it ended by itself, before that moment came. */
  readonly end: "killed" | "by_itself";
  /** Whether an intent stands in the journal that the next run has to settle, or was committed. */
  readonly intent: "won" | "none";
  /** Whether the provider took the refresh token, and gave another for it. */
  readonly refreshToken: "spent" | "unspent";
  /** Those that were seen to take the new envelope. */
  readonly took: readonly Survivor[];
}

/**
 * What has to come of it: the scheduled runs go on without a person; or they do at the one probe, just before the access
 * token ends; or that probe shows that a person has to authorize again.
 */
export type Aftermath = "goes_on" | "probe_succeeds" | "person";

/** The whole rule. */
export function expectedAftermath(cell: Cell, facts: Facts): Aftermath {
  if (facts.intent === "none" && facts.refreshToken === "unspent") return "goes_on";
  if (hasArrived(cell, facts) && survivors(cell, facts).length > 0) return "goes_on";
  return facts.refreshToken === "spent" ? "person" : "probe_succeeds";
}

function hasArrived({ moment, misfortune }: Cell, { end, refreshToken }: Facts): boolean {
  const diedWaiting = end === "killed" && moment.kind === "killed" && moment.request === "token";
  return refreshToken === "spent" && misfortune.answer === "arrives" && !diedWaiting;
}

/** The disk takes it first, before any other; the others when they have, or have been there until the process ended. */
function survivors({ misfortune, disk }: Cell, { end, took }: Facts): readonly Survivor[] {
  return (["store", "journal", "disk"] as const).filter((survivor) => {
    const takes = !misfortune.refuses.includes(survivor);
    if (survivor === "disk") return takes && disk === "uploaded";
    return took.includes(survivor) || (takes && end === "by_itself");
  });
}
