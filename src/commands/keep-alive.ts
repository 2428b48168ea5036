import type { Runs } from "../github.ts";
import { SealringError } from "../errors.ts";
import type { Ports } from "./context.ts";

/**
 * Puts off the day on which GitHub disables the schedule of a public repository that lies idle. What goes wrong costs one
 * line of progress: the schedule is on now, and the next run tries again.
 */
export async function keepAlive(
  { scheduledBy, progress, stop }: Pick<Ports, "scheduledBy" | "progress" | "stop">,
  runs: Pick<Runs, "enable">,
): Promise<void> {
  if (scheduledBy === undefined || stop.aborted) return;
  await runs.enable(scheduledBy).catch((error: unknown) => {
    if (!(error instanceof SealringError)) throw error;
    progress.say(`the schedule of ${scheduledBy} could not be prolonged: ${error.message}`);
  });
}
