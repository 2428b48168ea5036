import { findWorkflow, knownWorkflows, workflowFileAt } from "./known-workflows.ts";
import { inputsOf } from "./dispatch-inputs.ts";
import { addJob, addRun, JOB_NAME } from "./jobs.ts";
import type { Repository, Workflow } from "./model.ts";
import { fullName } from "./model.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { missingField, notFound, problem, stringField } from "./operation.ts";
import { pageOf } from "./pages.ts";
import { reads, writes } from "./permissions.ts";
import { workflowView } from "./run-views.ts";

const PATH = "/repos/:owner/:repo/actions/workflows";
const ONE = `${PATH}/:workflow_id`;

interface Found {
  readonly repository: Repository;
  readonly workflow: Workflow;
}

function list(call: Call, repository: Repository): Answer {
  const workflows = knownWorkflows(call.github, repository, call.now);
  const { items, total, headers } = pageOf(call, workflows);
  const views = items.map((each) => workflowView(call, repository, each));
  return { status: 200, headers, body: { total_count: total, workflows: views } };
}

function get(call: Call, { repository, workflow }: Found): Answer {
  return { status: 200, body: workflowView(call, repository, workflow) };
}

/** Counts as activity, be it enabled already or not. */
function enable({ now }: Call, { workflow }: Found): Answer {
  workflow.state = "active";
  workflow.enabledAt = now;
  return { status: 204 };
}

function disable(_call: Call, { workflow }: Found): Answer {
  workflow.state = "disabled_manually";
  return { status: 204 };
}

function dispatch(call: Call, { repository, workflow }: Found): Answer {
  const ref = stringField(call, "ref");
  if (ref === undefined) return missingField("ref");
  const branch = ref.replace(/^refs\/heads\//, "");
  const head = repository.refs.get(`refs/heads/${branch}`);
  if (head === undefined) return problem(422, `No ref found for: ${ref}`);
  if (workflow.state !== "active")
    return problem(422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  const file = workflowFileAt(repository, head, workflow.path);
  const read = inputsOf(call.body["inputs"], workflow.origin === undefined ? "hand" : file);
  if (read.kind === "refused") return problem(422, read.reason);
  const started = {
    workflow,
    event: "workflow_dispatch",
    inputs: read.inputs,
    branch,
    at: call.now,
  } as const;
  const run = addRun(call.github, repository, started);
  // Without a file, nobody but the sandbox can say what its jobs are.
  if (workflow.origin === undefined)
    addJob(call.github, run, { name: JOB_NAME, at: call.now }).startedAt = call.now;
  else call.github.onDispatch?.(run);
  if (call.body["return_run_details"] !== true) return { status: 204 };
  const path = `${fullName(repository)}/actions/runs/${String(run.id)}`;
  const urls = { run_url: `${call.apiUrl}/repos/${path}`, html_url: `https://github.com/${path}` };
  return { status: 200, body: { workflow_run_id: run.id, ...urls } };
}

function onWorkflow(answer: (call: Call, found: Found) => Answer) {
  return (call: Call, repository: Repository): Answer => {
    const workflows = knownWorkflows(call.github, repository, call.now);
    const workflow = findWorkflow(workflows, call.parameters["workflow_id"] ?? "");
    return workflow === undefined ? notFound() : answer(call, { repository, workflow });
  };
}

const READ = { kind: "repository", method: "GET", permission: reads("actions") } as const;
const WRITE = { kind: "repository", permission: writes("actions") } as const;

/** Workflow files of the default branch. */
export const WORKFLOWS: readonly Operation[] = [
  { ...READ, id: "actions/list-repo-workflows", path: PATH, handle: list },
  { ...READ, id: "actions/get-workflow", path: ONE, handle: onWorkflow(get) },
  {
    ...WRITE,
    id: "actions/enable-workflow",
    method: "PUT",
    path: `${ONE}/enable`,
    handle: onWorkflow(enable),
  },
  {
    ...WRITE,
    id: "actions/disable-workflow",
    method: "PUT",
    path: `${ONE}/disable`,
    handle: onWorkflow(disable),
  },
  {
    ...WRITE,
    id: "actions/create-workflow-dispatch",
    method: "POST",
    path: `${ONE}/dispatches`,
    handle: onWorkflow(dispatch),
  },
];
