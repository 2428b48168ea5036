import type { Credential } from "../../src/declaration/credential.ts";
import { starts } from "./begin.ts";
import type { Answer, Call } from "./call.ts";
import { envelopeIn } from "./facts.ts";
import { deaths, happenings } from "./happenings.ts";
import { describe, nameOf } from "./names.ts";
import { outcomes } from "./perform.ts";
import type { Outcome } from "./perform.ts";
import type { ProcessState } from "./process.ts";
import { counted, judgeCall } from "./rules.ts";
import { isPerson } from "./start.ts";
import { later, less, over } from "./step.ts";
import type { Step } from "./step.ts";
import { NONE } from "./texts.ts";
import { jobOf, liveJobs, withJob } from "./world.ts";
import type { Job, World } from "./world.ts";

/** Everything that can happen next. */
export async function stepsFrom(world: World, credential: Credential): Promise<readonly Step[]> {
  // What only touches one machine commutes with everything that others do: one order of the two is enough.
  const local = liveJobs(world).find((job) => isLocal(world, job));
  const jobs = local === undefined ? liveJobs(world) : [local];
  const steps: Step[] = [];
  for (const job of jobs) steps.push(...(await stepsOf(world, job)), ...deaths(world, job));
  if (local !== undefined) return steps;
  return [...steps, ...(await starts(world, credential)), ...happenings(world)];
}

function isLocal(world: World, { process }: Job): boolean {
  return process?.progress.calls.every((call) => isPrivate(world, call)) === true;
}

function isPrivate(world: World, call: Call): boolean {
  switch (call.kind) {
    case "write_disk":
    case "clear_disk":
      return true;
    case "ask_for_boxes":
    case "ask_for_job":
      // Nothing changes of a job that is over.
      return jobOf(world, call.slot).state === "over";
    default:
      return false;
  }
}

/** The steps that one process can make; the first is the one with nothing in its way. */
export async function stepsOf(world: World, job: Job): Promise<readonly Step[]> {
  const steps: Step[] = [];
  for (const [index, call] of (job.process?.progress.calls ?? []).entries()) {
    const ways = outcomes(world, job, call).flatMap((way) => [way, ...slowly(way, job, call)]);
    for (const way of ways) {
      if (way.kind === "as_asked" || world.left.faults > 0)
        steps.push(await taken(world, { job, call, index }, way));
    }
  }
  return steps;
}

/** The answer comes when a person's process may have run out of time. A run's has no deadline that counts. */
function slowly({ world, reply, kind }: Outcome, { start }: Job, call: Call): readonly Outcome[] {
  if (!isPerson(start) || !changes(call) || kind === "fault" || world.left.instants === 0) return [];
  return [{ world: later(less(world, "instants")), reply, note: "the answer takes long", kind: "fault" }];
}

interface Asked {
  readonly job: Job;
  readonly call: Call;
  readonly index: number;
}

async function taken(world: World, { job, call, index }: Asked, way: Outcome): Promise<Step> {
  const { slot } = job.start;
  const after = recorded(way.kind === "fault" ? less(way.world, "faults") : way.world, call, way);
  const process = await led(job, { call: index, at: after.now, reply: way.reply });
  const next = ended(withJob(after, { ...jobOf(after, slot), process, isFresh: changes(call) }), slot);
  const note = way.note === "" ? "" : ` (${way.note})`;
  return {
    label: `${nameOf(job)}: ${describe(call)}${note}`,
    world: next,
    violation: judgeCall(world, job, { call, after: next }),
  };
}

/** Counts a request that was sent. */
function recorded(world: World, call: Call, { reply }: Outcome): World {
  const isSent = call.kind === "ask_provider" && reply.kind !== "not_sent";
  return isSent && call.refreshToken !== undefined ? counted(world, call.refreshToken) : world;
}

async function led({ process }: Job, answer: Answer): Promise<ProcessState> {
  if (process === undefined) throw new Error("nobody is there to be answered");
  return process.known(answer) ?? (await process.after(answer));
}

function changes({ kind }: Call): boolean {
  return kind !== "read_journal" && kind !== "ask_for_job" && kind !== "ask_for_boxes" && kind !== "wait";
}

/** A process that came to an end takes its job with it, unless a box on its disk has yet to be uploaded. */
function ended(world: World, slot: number): World {
  const job = jobOf(world, slot);
  const outcome = job.process?.progress.outcome;
  if (outcome === undefined) return world;
  const isUploading = job.disk !== NONE && envelopeIn(job.disk) !== world.envelope;
  if (!isUploading || isPerson(job.start)) return over(world, { ...job, outcome });
  return withJob(world, { ...job, outcome, process: undefined, state: "unnoticed", received: 0 });
}
