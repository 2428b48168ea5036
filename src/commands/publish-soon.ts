import type { Runs } from "../github.ts";
import { SealringError } from "../errors.ts";
import type { CredentialResult } from "../protocol/result.ts";
import type { Ports } from "./context.ts";

/**
 * An envelope that was replayed from its box can be read by the next job only. A scheduled one starts that job, so that
 * consumers need not wait for the schedule; what something else started does not, so that none starts the next for ever.
 */
export async function publishSoon(
  { scheduledBy, progress, stop }: Pick<Ports, "scheduledBy" | "progress" | "stop">,
  runs: Pick<Runs, "dispatch">,
  results: readonly CredentialResult[],
): Promise<void> {
  const replayed = results.filter(isReplayed).map(({ credential }) => credential);
  const [first] = replayed;
  if (scheduledBy === undefined || stop.aborted || first === undefined) return;
  const inputs = { command: "refresh", credential: replayed.length === 1 ? first : "" };
  try {
    await runs.dispatch(scheduledBy, inputs);
    progress.say(`started ${scheduledBy} to publish ${replayed.join(", ")}`);
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    progress.say(`${scheduledBy} could not be started to publish ${replayed.join(", ")}: ${error.message}`);
  }
}

/** Recovered without its outputs: who adopts an envelope that it can read publishes them itself. */
function isReplayed({ outcome, destinations }: CredentialResult): boolean {
  return outcome === "recovered" && destinations.length === 0;
}
