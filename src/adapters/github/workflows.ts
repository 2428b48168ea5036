import type { LastRun, Runs, WorkflowFacts } from "../../github.ts";
import type { Api } from "./api.ts";
import { faultOf, unreadable } from "./faults.ts";
import type { Asked, Site } from "./faults.ts";
import { dateOf, listOf, textOf } from "./outcome.ts";
import { repositoryParameters } from "./places.ts";

export const WORKFLOW = "/repos/{owner}/{repo}/actions/workflows/{workflow_id}";

/** GitHub also has `deleted` and `disabled_fork`. */
const STATES: readonly WorkflowFacts["state"][] = ["active", "disabled_inactivity", "disabled_manually"];

const ABSENT = {
  message: "it is not on the default branch",
  hint: "run: sealring apply, then commit and push .github/ to the default branch",
};

/** What of the `Runs` port is about workflow files. */
export type Workflows = Pick<Runs, "workflow" | "enable" | "lastScheduled">;

/** A workflow file in messages, and the way out where GitHub has none of this name. */
export function askedOfWorkflow(file: string, repository: string, site: Site): Asked {
  return { what: `workflow ${file} of ${repository}`, site, absent: ABSENT };
}

/** GitHub's word on the workflow files of a repository. */
export function createWorkflows(api: Api, repository: string, site: Site): Workflows {
  const named = repositoryParameters(repository);
  const parametersOf = (workflowFile: string) => ({ ...named, workflow_id: workflowFile });
  const askedOf = (file: string) => askedOfWorkflow(file, repository, site);
  return {
    async workflow(workflowFile) {
      const parameters = parametersOf(workflowFile);
      const outcome = await api.repeatable({ route: `GET ${WORKFLOW}`, parameters });
      if (outcome.kind === "refused" && outcome.status === 404) return undefined;
      if (outcome.kind !== "answer") throw faultOf(outcome, askedOf(workflowFile));
      const state = textOf(outcome.data, "state");
      return { state: STATES.find((known) => known === state) ?? "other" };
    },
    async enable(workflowFile) {
      const parameters = parametersOf(workflowFile);
      const outcome = await api.repeatable({ route: `PUT ${WORKFLOW}/enable`, parameters });
      if (outcome.kind !== "answer") throw faultOf(outcome, askedOf(workflowFile));
    },
    async lastScheduled(workflowFile) {
      const newest = { event: "schedule", per_page: 1, exclude_pull_requests: true };
      const parameters = { ...parametersOf(workflowFile), ...newest };
      const outcome = await api.repeatable({ route: `GET ${WORKFLOW}/runs`, parameters });
      if (outcome.kind === "refused" && outcome.status === 404) return undefined;
      if (outcome.kind !== "answer") throw faultOf(outcome, askedOf(workflowFile));
      const [run] = listOf(outcome.data, "workflow_runs");
      return run === undefined ? undefined : lastRun(run, askedOf(workflowFile));
    },
  };
}

function lastRun(run: unknown, asked: Asked): LastRun {
  const startedAt = dateOf(run, "run_started_at") ?? dateOf(run, "created_at");
  const url = textOf(run, "html_url");
  if (startedAt === undefined || url === undefined) throw unreadable(asked);
  return { startedAt, conclusion: textOf(run, "conclusion"), url };
}
