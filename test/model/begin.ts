import type { Credential } from "../../src/declaration/credential.ts";
import { nameOf } from "./names.ts";
import { ProcessState } from "./process.ts";
import { isPerson } from "./start.ts";
import type { Start } from "./start.ts";
import { less, stepTo } from "./step.ts";
import type { Step } from "./step.ts";
import { NONE } from "./texts.ts";
import { liveJobs } from "./world.ts";
import type { Job, World } from "./world.ts";

const STARTS = [
  ["refresh", "runs"],
  ["refresh_probe", "probes"],
  ["authorize", "people"],
  ["recover_at_home", "people"],
] as const;

/** Everybody who may start now. At most two runs and one person are at it at once. */
export async function starts(world: World, credential: Credential): Promise<readonly Step[]> {
  const live = liveJobs(world);
  const steps: Step[] = [];
  for (const [program, what] of STARTS) {
    if (world.left[what] === 0) continue;
    const ofPerson = what === "people";
    if (program === "recover_at_home" && world.home === NONE) continue;
    if (live.filter(({ start }) => isPerson(start) === ofPerson).length >= (ofPerson ? 1 : 2)) continue;
    steps.push(await begun(less(world, what), program, credential));
  }
  return steps;
}

/** A process starts, with the envelope as it is now. */
export async function begun(world: World, program: Start["program"], credential: Credential): Promise<Step> {
  const { broken, now, envelope } = world;
  const slot = world.jobs.length + 1;
  const ofPerson = program === "authorize" || program === "recover_at_home";
  const disk = ofPerson ? world.home : NONE;
  const snapshot = ofPerson ? NONE : envelope;
  const start: Start = { program, slot, startedAt: now, envelope: snapshot, disk, broken };
  const process = await startedOnce(start, credential);
  const job: Job = {
    ...{ start, process, state: "live", endedAt: 0, outcome: undefined, disk, artifact: NONE, received: 0 },
    ...{ isFresh: false, waits: 0, lies: { before: undefined, unstored: NONE } },
  };
  return stepTo(`${nameOf(job)} starts`, { ...world, jobs: [...world.jobs, job] });
}

const roots = new WeakMap<Credential, Map<string, ProcessState>>();

async function startedOnce(start: Start, credential: Credential): Promise<ProcessState> {
  const known = roots.get(credential) ?? new Map<string, ProcessState>();
  roots.set(credential, known);
  const key = JSON.stringify(start);
  const process = known.get(key) ?? (await ProcessState.started(start, credential));
  known.set(key, process);
  return process;
}
