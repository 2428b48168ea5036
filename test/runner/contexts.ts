import type { Run } from "../../src/sandbox/github/model.ts";
import type { Json, JsonObject } from "./expression.ts";
import type { Machine } from "./machine.ts";
import type { WorkflowFile } from "./template.ts";

/** A run, as far as its `github` context goes. */
export interface RunFacts {
  readonly run: Run;
  readonly repository: string;
  readonly apiUrl: string;
  /** Of `workflow_dispatch`, as they were given. */
  readonly eventInputs: JsonObject;
  /** The file that was triggered; a called one sees its caller's. */
  readonly file: WorkflowFile;
}

/** `github`, as far as it is the same for every job (docs: "Contexts reference"). Numbers of the run are strings there. */
export function githubContext(facts: RunFacts): JsonObject {
  const { run, repository, apiUrl, eventInputs, file } = facts;
  const [owner = ""] = repository.split("/");
  return {
    ...{ actor: owner, triggering_actor: owner, api_url: apiUrl, event_name: run.event },
    event: run.event === "schedule" ? { schedule: "17 */6 * * *" } : { inputs: eventInputs },
    graphql_url: `${apiUrl}/graphql`,
    ref: `refs/heads/${run.branch}`,
    ref_name: run.branch,
    ref_type: "branch",
    repository,
    repository_owner: owner,
    run_attempt: String(run.attempts.length),
    run_id: String(run.id),
    run_number: String(run.number),
    server_url: "https://github.com",
    sha: run.headSha,
    workflow: file.name,
    workflow_ref: `${repository}/${file.path}@refs/heads/${run.branch}`,
  };
}

/** `runner` of a hosted Linux machine. */
export function runnerContext(machine: Machine, name: string): JsonObject {
  const kind = { arch: "X64", os: "Linux", environment: "github-hosted" };
  return { ...kind, name, temp: machine.temp, tool_cache: "/opt/hostedtoolcache" };
}

/** The variables that the runner sets for every step (docs: "Store information in variables", default variables). */
export function defaultVariables(github: JsonObject, machine: Machine): Readonly<Record<string, string>> {
  const names = ["actor", "api_url", "event_name", "graphql_url", "job", "ref", "ref_name", "ref_type"];
  names.push("repository", "repository_owner", "run_attempt", "run_id", "run_number", "server_url", "sha");
  names.push("triggering_actor", "workflow", "workflow_ref");
  return {
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_WORKSPACE: machine.workspace,
    HOME: machine.home,
    RUNNER_ARCH: "X64",
    RUNNER_ENVIRONMENT: "github-hosted",
    RUNNER_OS: "Linux",
    RUNNER_TEMP: machine.temp,
    RUNNER_TRACKING_ID: machine.trackingId,
    ...Object.fromEntries(names.map((name) => [`GITHUB_${name.toUpperCase()}`, asText(github[name])])),
  };
}

function asText(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
