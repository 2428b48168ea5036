import type { JobRef, Runs, RunState } from "../../github.ts";
import type { Api, Call } from "./api.ts";
import { faultOf } from "./faults.ts";
import type { Asked, Site } from "./faults.ts";
import { createDispatches } from "./dispatches.ts";
import { dateOf, textOf } from "./outcome.ts";
import { repositoryParameters } from "./places.ts";
import { createRunProgress } from "./run-progress.ts";
import { createWorkflows } from "./workflows.ts";

const ATTEMPT = "/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}";
const JOB = "/repos/{owner}/{repo}/actions/jobs/{job_id}";

/** The `Runs` port: GitHub's word on the workflows of this repository, on their runs and on their jobs. */
export function createRuns(api: Api, repository: string, site: Site): Runs {
  const underway = new Map<string, Promise<RunState>>();
  return {
    ...createWorkflows(api, repository, site),
    ...createDispatches(api, repository, site),
    ...createRunProgress(api, repository, site),
    state(job) {
      const key = JSON.stringify([job.runId, job.attempt, job.jobId]);
      // A hundred credentials ask at once for the one job that they are in.
      const asking =
        underway.get(key) ?? askState(api, { repository, site, job }).finally(() => underway.delete(key));
      underway.set(key, asking);
      return asking;
    },
  };
}

async function askState(
  api: Api,
  { repository, site, job }: { readonly repository: string; readonly site: Site; readonly job: JobRef },
): Promise<RunState> {
  const { runId, attempt, jobId } = job;
  const named = repositoryParameters(repository);
  const parameters = { ...named, run_id: runId, attempt_number: attempt };
  const asked = { what: `workflow run ${runId} of ${repository}`, site };
  const outcome = await api.repeatable({ route: `GET ${ATTEMPT}`, parameters });
  // A run that was deleted, or that the token may not see: nobody can say, and the caller has other means.
  if (outcome.kind === "refused" && outcome.status === 404) return { kind: "unknown" };
  if (outcome.kind !== "answer") throw faultOf(outcome, asked);
  const state = readState(outcome.data);
  if (state.kind !== "running" || jobId === undefined) return state;
  const parametersOfJob = { ...named, job_id: jobId };
  return (await jobState(api, { parameters: parametersOfJob, runId, asked })) ?? state;
}

interface AskedJob {
  readonly parameters: Call["parameters"];
  /** Of which it has to be. */
  readonly runId: string;
  readonly asked: Asked;
}

/** A job's own word, where its run goes on; undefined where there is no such job in the run. */
async function jobState(api: Api, { parameters, runId, asked }: AskedJob): Promise<RunState | undefined> {
  const outcome = await api.repeatable({ route: `GET ${JOB}`, parameters });
  if (outcome.kind === "refused" && outcome.status === 404) return undefined;
  if (outcome.kind !== "answer") throw faultOf(outcome, asked);
  const { data } = outcome;
  if (String((data as { run_id?: unknown } | null)?.run_id) !== runId) return undefined;
  const startedAt = dateOf(data, "started_at");
  if (startedAt === undefined) return undefined;
  if (textOf(data, "status") !== "completed") return { kind: "running", startedAt };
  const endedAt = dateOf(data, "completed_at");
  return endedAt && { kind: "ended", startedAt, endedAt };
}

function readState(run: unknown): RunState {
  const startedAt = dateOf(run, "run_started_at");
  if (startedAt === undefined) return { kind: "unknown" };
  if (textOf(run, "status") !== "completed") return { kind: "running", startedAt };
  const endedAt = dateOf(run, "updated_at");
  return endedAt === undefined ? { kind: "unknown" } : { kind: "ended", startedAt, endedAt };
}
