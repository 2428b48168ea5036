import type { Runs } from "../../ports.ts";
import type { Api } from "./api.ts";
import { faultOf } from "./faults.ts";
import { dateOf, textOf } from "./outcome.ts";
import { repositoryParameters } from "./places.ts";

/** The `Runs` port: GitHub's word on one attempt of a workflow run of this repository. */
export function createRuns(api: Api, repository: string, webUrl: string): Runs {
  return {
    async state(runId, attempt) {
      const outcome = await api.repeatable({
        route: "GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}",
        parameters: { ...repositoryParameters(repository), run_id: runId, attempt_number: attempt },
      });
      if (outcome.kind !== "answer") {
        // A run that was deleted, or that the token may not see: nobody can say, and the caller has other means.
        if (outcome.kind === "refused" && outcome.status === 404) return { kind: "unknown" };
        throw faultOf(outcome, { what: `workflow run ${runId} of ${repository}`, webUrl });
      }
      const startedAt = dateOf(outcome.data, "run_started_at");
      if (startedAt === undefined) return { kind: "unknown" };
      if (textOf(outcome.data, "status") !== "completed") return { kind: "running", startedAt };
      const endedAt = dateOf(outcome.data, "updated_at");
      return endedAt === undefined ? { kind: "unknown" } : { kind: "ended", startedAt, endedAt };
    },
  };
}
