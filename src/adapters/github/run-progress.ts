import type { JobAtWork, Runs, RunStatus } from "../../github.ts";
import type { Api } from "./api.ts";
import { faultOf, unreadable } from "./faults.ts";
import type { Site } from "./faults.ts";
import { listOf, textOf } from "./outcome.ts";
import { repositoryParameters } from "./places.ts";

const RUN = "/repos/{owner}/{repo}/actions/runs/{run_id}";
const MOST_JOBS = 100;

const STATUSES: readonly RunStatus[] = ["waiting", "pending", "in_progress", "completed"];

/** What of the `Runs` port watches one run. */
export function createRunProgress(api: Api, repository: string, site: Site): Pick<Runs, "progress"> {
  const named = repositoryParameters(repository);
  return {
    async progress(runId) {
      const asked = { what: `workflow run ${runId} of ${repository}`, site };
      const parameters = { ...named, run_id: runId };
      const outcome = await api.repeatable({ route: `GET ${RUN}`, parameters });
      if (outcome.kind === "refused" && outcome.status === 404) return undefined;
      if (outcome.kind !== "answer") throw faultOf(outcome, asked);
      const { data } = outcome;
      const url = textOf(data, "html_url");
      if (url === undefined) throw unreadable(asked);
      const status = statusOf(data);
      if (status !== "in_progress")
        return { url, status, conclusion: textOf(data, "conclusion"), atWork: [] };
      const ofJobs = { ...parameters, per_page: MOST_JOBS };
      const jobs = await api.repeatable({ route: `GET ${RUN}/jobs`, parameters: ofJobs });
      if (jobs.kind !== "answer") throw faultOf(jobs, asked);
      return { url, status, conclusion: undefined, atWork: listOf(jobs.data, "jobs").flatMap(atWork) };
    },
  };
}

/** What GitHub will call a run next year waits, too. */
function statusOf(run: unknown): RunStatus {
  const status = textOf(run, "status");
  return STATUSES.find((known) => known === status) ?? "queued";
}

function atWork(job: unknown): readonly JobAtWork[] {
  const name = textOf(job, "name");
  if (name === undefined || textOf(job, "status") !== "in_progress") return [];
  const step = listOf(job, "steps").find((each) => textOf(each, "status") === "in_progress");
  return [{ job: name, step: textOf(step, "name") }];
}
