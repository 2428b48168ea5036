import type { GitHubState, Job, Repository, Run, RunAttempt, Workflow } from "./model.ts";
import { fullName } from "./model.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { missingField, notFound, problem, stringField } from "./operation.ts";
import type { Page } from "./pages.ts";
import { pageOf } from "./pages.ts";
import { reads, writes } from "./permissions.ts";
import type { ShownJob } from "./run-views.ts";
import { endOf, jobView, runView, statusOf, workflowView } from "./run-views.ts";

const PATH = "/repos/:owner/:repo/actions";
const RUN = `${PATH}/runs/:run_id`;
const WORKFLOW = `${PATH}/workflows/:workflow_id`;

/** Of the job that refreshes. */
export const JOB_NAME = "refresh";

/** A new run, with one attempt and no job yet. */
export function addRun(
  github: GitHubState,
  repository: Repository,
  started: Pick<Run, "workflow" | "event" | "inputs"> & { readonly at: Date; readonly id?: number },
): Run {
  const { workflow, event, inputs, at } = started;
  const run: Run = {
    ...{ id: started.id ?? github.newId(), number: repository.runs.size + 1, workflow, event, inputs },
    branch: repository.defaultBranch,
    headSha: repository.refs.get(`refs/heads/${repository.defaultBranch}`) ?? "",
    attempts: [{ number: 1, startedAt: at, jobs: [] }],
    artifacts: [],
  };
  repository.runs.set(run.id, run);
  return run;
}

/** A job of the latest attempt, queued. */
export function addJob(
  github: GitHubState,
  run: Run,
  { name, at }: { readonly name: string; readonly at: Date },
): Job {
  const id = github.newId();
  const runner = `GitHub Actions ${String(id)}`;
  const job: Job = { id, name, runner, createdAt: at, startedAt: undefined, ended: undefined };
  run.attempts.at(-1)?.jobs.push(job);
  return job;
}

/** A workflow by its id, or by its file's name. */
export function findWorkflow(repository: Repository, name: string): Workflow | undefined {
  return repository.workflows.find(({ id, path }) => String(id) === name || path.endsWith(`/${name}`));
}

function dispatch(call: Call, repository: Repository): Answer {
  const workflow = findWorkflow(repository, call.parameters["workflow_id"] ?? "");
  const ref = stringField(call, "ref");
  if (workflow === undefined) return notFound();
  if (ref === undefined) return missingField("ref");
  if (!repository.refs.has(`refs/heads/${ref.replace(/^refs\/heads\//, "")}`)) {
    return problem(422, `No ref found for: ${ref}`);
  }
  if (workflow.state !== "active")
    return problem(422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  const inputs = (call.body["inputs"] ?? {}) as Record<string, unknown>;
  const at = call.now;
  const run = addRun(call.github, repository, { workflow, event: "workflow_dispatch", inputs, at });
  addJob(call.github, run, { name: JOB_NAME, at }).startedAt = at;
  if (call.body["return_run_details"] !== true) return { status: 204 };
  const path = `${fullName(repository)}/actions/runs/${String(run.id)}`;
  const urls = { run_url: `${call.apiUrl}/repos/${path}`, html_url: `https://github.com/${path}` };
  return { status: 200, body: { workflow_run_id: run.id, ...urls } };
}

interface ShownRun {
  readonly run: Run;
  readonly attempt: RunAttempt;
}

/** The run that a path names, as the attempt that it names, else as the latest. */
function findRun(call: Call, repository: Repository): ShownRun | undefined {
  const run = repository.runs.get(Number(call.parameters["run_id"]));
  const number = Number(call.parameters["attempt_number"] ?? run?.attempts.length);
  const attempt = run?.attempts.find((each) => each.number === number);
  return run === undefined || attempt === undefined ? undefined : { run, attempt };
}

function getRun(call: Call, repository: Repository): Answer {
  const shown = findRun(call, repository);
  return shown === undefined ? notFound() : { status: 200, body: runView(call, repository, shown) };
}

function listRuns(call: Call, repository: Repository): Answer {
  const workflow = call.parameters["workflow_id"];
  const wanted = workflow === undefined ? undefined : findWorkflow(repository, workflow);
  if (workflow !== undefined && wanted === undefined) return notFound();
  const shown = [...repository.runs.values()].flatMap((run): ShownRun[] => {
    const attempt = run.attempts.at(-1);
    return attempt === undefined || (wanted !== undefined && run.workflow !== wanted)
      ? []
      : [{ run, attempt }];
  });
  const { items, total, headers } = pageOf(call, shown.filter((each) => asked(call, each)).toReversed());
  const runs = items.map((each) => runView(call, repository, each));
  return { status: 200, headers, body: { total_count: total, workflow_runs: runs } };
}

/** Whether a run is what the query's `status` and `event` ask for. */
function asked(call: Call, { run, attempt }: ShownRun): boolean {
  const status = call.query.get("status");
  const event = call.query.get("event");
  const states: (string | undefined)[] = [statusOf(attempt), endOf(attempt)?.conclusion];
  return (status === null || states.includes(status)) && (event === null || event === run.event);
}

function listJobs(call: Call, repository: Repository): Answer {
  const shown = findRun(call, repository);
  if (shown === undefined) return notFound();
  const attempts = call.query.get("filter") === "all" ? shown.run.attempts : [shown.attempt];
  const jobs = attempts.flatMap((attempt) => attempt.jobs.map((job) => ({ run: shown.run, attempt, job })));
  const page: Page<ShownJob> = pageOf(call, jobs);
  const views = page.items.map((each) => jobView(call, repository, each));
  return { status: 200, headers: page.headers, body: { total_count: page.total, jobs: views } };
}

function getJob(call: Call, repository: Repository): Answer {
  for (const run of repository.runs.values()) {
    for (const attempt of run.attempts) {
      const job = attempt.jobs.find(({ id }) => String(id) === call.parameters["job_id"]);
      if (job !== undefined) return { status: 200, body: jobView(call, repository, { run, attempt, job }) };
    }
  }
  return notFound();
}

function listWorkflows(call: Call, repository: Repository): Answer {
  const { items, total, headers } = pageOf(call, repository.workflows);
  const workflows = items.map((each) => workflowView(call, repository, each));
  return { status: 200, headers, body: { total_count: total, workflows } };
}

function getWorkflow(call: Call, repository: Repository): Answer {
  const workflow = findWorkflow(repository, call.parameters["workflow_id"] ?? "");
  return workflow === undefined
    ? notFound()
    : { status: 200, body: workflowView(call, repository, workflow) };
}

const READ = { kind: "repository", method: "GET", permission: reads("actions") } as const;

/** Workflows, their runs and the runs' jobs. */
export const RUNS: readonly Operation[] = [
  { ...READ, id: "actions/list-repo-workflows", path: `${PATH}/workflows`, handle: listWorkflows },
  { ...READ, id: "actions/get-workflow", path: WORKFLOW, handle: getWorkflow },
  { ...READ, id: "actions/list-workflow-runs", path: `${WORKFLOW}/runs`, handle: listRuns },
  { ...READ, id: "actions/list-workflow-runs-for-repo", path: `${PATH}/runs`, handle: listRuns },
  { ...READ, id: "actions/get-workflow-run", path: RUN, handle: getRun },
  { ...READ, id: "actions/list-jobs-for-workflow-run", path: `${RUN}/jobs`, handle: listJobs },
  {
    ...READ,
    id: "actions/get-workflow-run-attempt",
    path: `${RUN}/attempts/:attempt_number`,
    handle: getRun,
  },
  {
    ...READ,
    id: "actions/list-jobs-for-workflow-run-attempt",
    path: `${RUN}/attempts/:attempt_number/jobs`,
    handle: listJobs,
  },
  { ...READ, id: "actions/get-job-for-workflow-run", path: `${PATH}/jobs/:job_id`, handle: getJob },
  {
    kind: "repository",
    id: "actions/create-workflow-dispatch",
    method: "POST",
    path: `${WORKFLOW}/dispatches`,
    permission: writes("actions"),
    handle: dispatch,
  },
];
