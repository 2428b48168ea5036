import { judgeWorld } from "./rules.ts";
import type { Violation } from "./rules.ts";
import { isPerson } from "./start.ts";
import { withJob } from "./world.ts";
import type { Job, Left, World } from "./world.ts";

/** One step from a world to the next. */
export interface Step {
  readonly label: string;
  readonly world: World;
  readonly violation: Violation | undefined;
}

export function stepTo(label: string, world: World): Step {
  return { label, world, violation: judgeWorld(world) };
}

/**
 * A step with which a process or a machine goes. What was there only may go with it: nothing that survives had taken a
 * write.
 */
export function lossTo(label: string, world: World): Step {
  const isLost = judgeWorld(world) !== undefined;
  return { label, world: isLost ? { ...world, excused: world.delivered } : world, violation: undefined };
}

/** Of what may happen of its own accord, one less. */
export function less(world: World, what: keyof Left): World {
  return { ...world, left: { ...world.left, [what]: world.left[what] - 1 } };
}

/** Its job is over, and what was on its disk is uploaded; a person's disk stays. */
export function over(world: World, job: Job): World {
  const gone = { ...job, process: undefined, state: "over", endedAt: world.now, received: 0 } as const;
  if (isPerson(job.start)) return withJob({ ...world, home: job.disk }, gone);
  return withJob(world, { ...gone, artifact: job.disk });
}

/** At the next instant. */
export function later(world: World): World {
  return { ...world, now: world.now + 1, jobs: world.jobs.map((job) => ({ ...job, waits: 0 })) };
}
