import type { Credential } from "../declaration/credential.ts";
import { nextRunAfter } from "../protocol/schedule.ts";
import { sizeOfJob } from "../request-cost.ts";
import type { JobSize } from "../request-cost.ts";
import { jobPlaces } from "../workflow/generate.ts";
import { delaySeconds } from "./random.ts";
import type { Chance } from "./random.ts";
import type { Scenario } from "./scenario.ts";

/** One environment's job. */
export interface Job {
  readonly environment: string | null;
  readonly credentials: readonly Credential[];
  readonly size: Omit<JobSize, "refreshed">;
}

/** A workflow file, with its jobs in their order. */
export interface Shard {
  readonly file: string;
  readonly schedule: string;
  readonly jobs: readonly Job[];
}

/** The files and jobs that the generator makes of these declarations. */
export function shardsOf({ project, repository, credentials }: Scenario): readonly Shard[] {
  const shards = new Map<string, { schedule: string; jobs: Job[] }>();
  const byEnvironment = new Map<string | null, Credential[]>();
  for (const credential of credentials) {
    const own = byEnvironment.get(credential.environment) ?? [];
    own.push(credential);
    byEnvironment.set(credential.environment, own);
  }
  for (const [environment, { file, schedule }] of jobPlaces({ project, repository, credentials })) {
    const shard = shards.get(file) ?? { schedule, jobs: [] };
    const position = shard.jobs.length === 0 ? "first" : "later";
    const own = byEnvironment.get(environment) ?? [];
    shard.jobs.push({ environment, credentials: own, size: sizeOfJob(own, position) });
    shards.set(file, shard);
  }
  return [...shards].map(([file, shard]) => ({ file, ...shard }));
}

/** A run that GitHub starts. */
export interface Start {
  readonly shard: Shard;
  readonly at: number;
}

export interface Starts {
  /** In the order of time. */
  readonly runs: readonly Start[];
  readonly scheduled: number;
}

/** When each file's runs start, late or never. */
export function startsOf(shards: readonly Shard[], scenario: Scenario, chance: Chance): Starts {
  const { start, days, delays } = scenario;
  const end = new Date(start.getTime() + days * 86_400_000);
  const runs: Start[] = [];
  let scheduled = 0;
  for (const shard of shards) {
    for (
      let at = nextRunAfter(shard.schedule, start);
      at !== undefined && at < end;
      at = nextRunAfter(shard.schedule, at)
    ) {
      scheduled += 1;
      const late = delaySeconds(delays, chance);
      if (late !== undefined) runs.push({ shard, at: at.getTime() + late * 1_000 });
    }
  }
  return { runs: runs.sort((one, other) => one.at - other.at), scheduled };
}
