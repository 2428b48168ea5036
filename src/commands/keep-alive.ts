import type { Credential } from "../declaration/credential.ts";
import type { Runs } from "../github.ts";
import { SealringError } from "../errors.ts";
import { jobPlaces } from "../workflow/generate.ts";
import type { Declared, Ports } from "./context.ts";

/**
 * Puts off the day on which GitHub disables the schedule of a public repository that lies idle. A schedule that a person
 * turned off stays off. What goes wrong costs one line of progress: the next run tries again.
 */
export async function keepAlive(
  { scheduledBy, progress, stop }: Pick<Ports, "scheduledBy" | "progress" | "stop">,
  runs: Pick<Runs, "enable" | "workflow">,
): Promise<void> {
  if (scheduledBy === undefined || stop.aborted) return;
  try {
    const known = await runs.workflow(scheduledBy);
    // Any other state came about since this run began, maybe by a person.
    if (known?.state === "active" || known?.state === "disabled_inactivity") await runs.enable(scheduledBy);
  } catch (error: unknown) {
    if (!(error instanceof SealringError)) throw error;
    progress.say(`the schedule of ${scheduledBy} could not be prolonged: ${error.message}`);
  }
}

/** Once a file and run is enough: the first of the file's jobs does it. So does whoever a file of one's own starts. */
export function keepsAlive(
  { scheduledBy }: Pick<Ports, "scheduledBy">,
  declared: Declared,
  credentials: readonly Credential[],
): boolean {
  if (scheduledBy === undefined) return false;
  const first = [...jobPlaces(declared)].find(([, { file }]) => file === scheduledBy);
  return first === undefined || credentials.some(({ environment }) => environment === first[0]);
}
