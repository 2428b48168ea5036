import { posix } from "node:path";
import { declare } from "../commands/context.ts";
import { jobPlaces, placeIn } from "../workflow/generate.ts";
import { jobName } from "../workflow/job.ts";
import { jobSources } from "../workflow/source.ts";
import type { Run } from "./github/model.ts";
import { performJob } from "./runner-job.ts";
import { inputOf } from "./runner-ports.ts";
import type { RunnerParts } from "./runner-ports.ts";

/** Takes the jobs of dispatched runs, one at a time. */
export interface Runner {
  /** Waits until nothing is left to do. */
  settled(): Promise<void>;
}

/**
 * A runner for the generated workflow: it does what that file's jobs would, by the declarations as they are in the
 * directory, with sealring's own commands instead of a shell.
 */
export function startRunner(parts: RunnerParts): Runner {
  const { github, ports } = parts;
  let turn = Promise.resolve();
  github.onDispatch((run) => {
    const jobs = placesOf(parts, run).map(({ environment, wanted }) => {
      const job = github.runs.addJob(run, jobName(environment), environment ?? undefined);
      if (!wanted) github.runs.endJob(job, "skipped");
      return { run, job, environment };
    });
    turn = turn.then(async () => {
      for (const each of jobs) if (each.job.ended === undefined) await performJob(parts, each);
    });
    ports.progress.say(`run ${String(run.id)}: ${run.workflow.path} was dispatched`);
  });
  return { settled: () => turn };
}

interface Place {
  readonly environment: string | null;
  /** Whether the job's condition holds. */
  readonly wanted: boolean;
}

/** The jobs of the run's workflow file. Of faulty declarations nobody knows them: one then fails, and says why. */
function placesOf({ ports, repository }: RunnerParts, run: Run): readonly Place[] {
  const declaring = declare({ ...ports, findRepository: () => repository });
  if (declaring.kind === "faulty") return [{ environment: null, wanted: true }];
  const { declared } = declaring;
  const places = jobPlaces(declared);
  const file = posix.basename(run.workflow.path);
  const name = inputOf(run, "credential");
  return jobSources(declared)
    .filter(({ environment }) => placeIn(places, environment).file === file)
    .map(({ environment, credentials, share }) => ({
      environment,
      wanted: name === "" || share === "all" || credentials.some((own) => own.name === name),
    }));
}
