import { findWorkflow, knownWorkflows } from "./known-workflows.ts";
import type { Repository, Run, RunAttempt } from "./model.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { notFound } from "./operation.ts";
import type { Page } from "./pages.ts";
import { pageOf } from "./pages.ts";
import { reads } from "./permissions.ts";
import type { ShownJob } from "./run-views.ts";
import { endOf, jobView, runView, statusOf } from "./run-views.ts";

const PATH = "/repos/:owner/:repo/actions";
const RUN = `${PATH}/runs/:run_id`;

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
  const wanted =
    workflow === undefined
      ? undefined
      : findWorkflow(knownWorkflows(call.github, repository, call.now), workflow);
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

/** Whether a run is what the query's `status`, `event` and `branch` ask for. */
function asked(call: Call, { run, attempt }: ShownRun): boolean {
  const status = call.query.get("status");
  const event = call.query.get("event");
  const branch = call.query.get("branch");
  const states: (string | undefined)[] = [statusOf(attempt), endOf(attempt)?.conclusion];
  return (
    (status === null || states.includes(status)) &&
    (event === null || event === run.event) &&
    (branch === null || branch === run.branch)
  );
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

const READ = { kind: "repository", method: "GET", permission: reads("actions") } as const;

/** Runs of workflows, and their jobs. */
export const RUNS: readonly Operation[] = [
  {
    ...READ,
    id: "actions/list-workflow-runs",
    path: `${PATH}/workflows/:workflow_id/runs`,
    handle: listRuns,
  },
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
];
