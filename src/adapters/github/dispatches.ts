import type { Dispatched, Runs } from "../../github.ts";
import type { Api } from "./api.ts";
import { faultOf } from "./faults.ts";
import type { Site } from "./faults.ts";
import { dateOf, headerOf, integerOf, listOf } from "./outcome.ts";
import type { Answer, Outcome } from "./outcome.ts";
import { repositoryParameters } from "./places.ts";
import { readRepository } from "./repository.ts";
import { askedOfWorkflow, WORKFLOW } from "./workflows.ts";

/** A run is made before the answer that tells the time, and dated in whole seconds. */
const MADE_BEFORE_MILLISECONDS = 5_000;
const NEWEST = 20;

/** What of the `Runs` port starts runs, and finds them. */
export type Dispatches = Pick<Runs, "dispatch" | "firstDispatched">;

/** Runs that are started by hand. */
export function createDispatches(api: Api, repository: string, site: Site): Dispatches {
  const named = repositoryParameters(repository);
  const parametersOf = (workflowFile: string) => ({ ...named, workflow_id: workflowFile });
  const askedOf = (file: string) => askedOfWorkflow(file, repository, site);
  return {
    async dispatch(workflowFile, inputs) {
      const { defaultBranch: ref } = await readRepository(api, repository, site);
      const parameters = { ...parametersOf(workflowFile), ref, inputs };
      const outcome = await start(api, parameters);
      if (outcome.kind !== "answer") throw faultOf(outcome, askedOf(workflowFile));
      return dispatchedBy(outcome);
    },
    async firstDispatched(workflowFile, since) {
      const newest = { event: "workflow_dispatch", per_page: NEWEST, exclude_pull_requests: true };
      const parameters = { ...parametersOf(workflowFile), ...newest };
      const outcome = await api.repeatable({ route: `GET ${WORKFLOW}/runs`, parameters });
      if (outcome.kind !== "answer") throw faultOf(outcome, askedOf(workflowFile));
      const runs = listOf(outcome.data, "workflow_runs").filter((run) => {
        const createdAt = dateOf(run, "created_at");
        return createdAt !== undefined && createdAt >= since;
      });
      const id = integerOf(runs.at(-1), "id");
      return id === undefined ? undefined : String(id);
    },
  };
}

/** Once: a second sending would start a second run. */
async function start(api: Api, parameters: Readonly<Record<string, unknown>>): Promise<Outcome> {
  const route = `POST ${WORKFLOW}/dispatches`;
  const told = await api.once({ route, parameters: { ...parameters, return_run_details: true } });
  // GitHub Enterprise Server 3.19 refuses what it does not know. What was refused started nothing.
  const mayBeTooNew = told.kind === "refused" && told.status === 422;
  return mayBeTooNew ? api.once({ route, parameters }) : told;
}

function dispatchedBy(answer: Answer): Dispatched {
  const id = integerOf(answer.data, "workflow_run_id");
  if (id !== undefined) return { kind: "run", runId: String(id) };
  const at = Date.parse(headerOf(answer, "date") ?? "");
  return {
    kind: "unnamed",
    since: Number.isNaN(at) ? undefined : new Date(at - MADE_BEFORE_MILLISECONDS),
  };
}
