import type { Call } from "./call.ts";
import { forgedBox } from "./forgery.ts";
import { nameOf } from "./names.ts";
import { isPerson } from "./start.ts";
import { later, less, lossTo, over, stepTo } from "./step.ts";
import type { Step } from "./step.ts";
import { NONE } from "./texts.ts";
import { liveJobs, withJob } from "./world.ts";
import type { Job, World } from "./world.ts";

/** What happens without any process's doing, but the death of one. */
export function happenings(world: World): readonly Step[] {
  return [...notices(world), ...outages(world), ...forgeries(world), ...time(world)];
}

/** A process is killed, or its machine is lost with it. GitHub has not noticed yet. */
export function deaths(world: World, job: Job): readonly Step[] {
  if (!job.isFresh || world.left.crashes === 0) return [];
  const paid = less(world, "crashes");
  const killed = `${nameOf(job)} is killed`;
  if (isPerson(job.start)) return [lossTo(killed, over(paid, job))];
  const dead = { ...job, process: undefined, state: "unnoticed", received: 0 } as const;
  const survived = lossTo(killed, withJob(paid, dead));
  if (job.disk === NONE) return [survived];
  return [survived, lossTo(`${nameOf(job)} loses its machine`, withJob(paid, { ...dead, disk: NONE }))];
}

/** Jobs of which nothing lives end, and upload the boxes on their disks. */
function notices(world: World): readonly Step[] {
  return world.jobs
    .filter(({ state }) => state === "unnoticed")
    .flatMap((job) => {
      const label = `${nameOf(job)}'s job is over`;
      const noticed = stepTo(label, over(world, job));
      if (job.disk === NONE || world.left.faults === 0) return [noticed];
      const without = over(less(world, "faults"), { ...job, disk: NONE });
      return [noticed, lossTo(`${label}, and uploads nothing`, without)];
    });
}

function outages(world: World): readonly Step[] {
  return (["store", "journal"] as const).flatMap((what) => {
    const changed = { ...world, down: { ...world.down, [what]: !world.down[what] } };
    if (world.down[what]) return [stepTo(`the ${what} is up again`, changed)];
    return world.left.faults === 0 ? [] : [stepTo(`the ${what} goes down`, less(changed, "faults"))];
  });
}

function forgeries(world: World): readonly Step[] {
  const box = world.left.forgeries === 0 ? NONE : forgedBox(world);
  if (box === NONE) return [];
  const forged = { ...world, branch: { ...world.branch, box } };
  return [stepTo("somebody forges a box in the journal", less(forged, "forgeries"))];
}

function time(world: World): readonly Step[] {
  if (world.left.instants === 0 || liveJobs(world).some((job) => isBoundToFinish(world, job))) return [];
  return [stepTo("time passes", later(less(world, "instants")))];
}

/**
 * What is checked right before a request, the model takes for one with it: a request does not take as long as an intent,
 * or as a grace period. A person's process checks its deadline, and a run whether a token may be sent again.
 */
function isBoundToFinish({ provider, sent }: World, { start, process }: Job): boolean {
  const calls = process?.progress.calls ?? [];
  if (isPerson(start)) return calls.some(({ kind }) => kind === "ask_provider" || kind.startsWith("put_"));
  const isAgain = ({ refreshToken = 0 }: Extract<Call, { kind: "ask_provider" }>) =>
    sent[refreshToken] !== undefined;
  return provider.rotation === "grace" && calls.some((call) => call.kind === "ask_provider" && isAgain(call));
}
