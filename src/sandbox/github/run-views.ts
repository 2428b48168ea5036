import { accountView } from "./accounts.ts";
import { readCommit } from "./git/commits.ts";
import type { Job, Repository, Run, RunAttempt, Workflow } from "./model.ts";
import { fullName } from "./model.ts";
import type { Call } from "./operation.ts";
import { nodeId, timestamp } from "./operation.ts";
import { repositoryView } from "./repositories.ts";

/** When the last job of an attempt ended; undefined while one runs. */
export function endOf({ jobs }: RunAttempt): { readonly at: Date; readonly conclusion: string } | undefined {
  const ends = jobs.flatMap(({ ended }) => (ended === undefined ? [] : [ended]));
  if (ends.length < jobs.length) return undefined;
  const [last] = ends.toSorted((a, b) => b.at.getTime() - a.at.getTime());
  const worst = ends.find(({ conclusion }) => conclusion !== "success")?.conclusion ?? "success";
  return last === undefined ? undefined : { at: last.at, conclusion: worst };
}

/** `queued` until the first job starts. */
export function statusOf(attempt: RunAttempt): "queued" | "in_progress" | "completed" {
  if (endOf(attempt) !== undefined) return "completed";
  return attempt.jobs.every(({ startedAt }) => startedAt === undefined) ? "queued" : "in_progress";
}

export function workflowView(
  call: Call,
  repository: Repository,
  workflow: Workflow,
): Record<string, unknown> {
  const name = fullName(repository);
  return {
    id: workflow.id,
    node_id: nodeId("Workflow", workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: workflow.state,
    created_at: timestamp(workflow.createdAt),
    updated_at: timestamp(workflow.createdAt),
    url: `${call.apiUrl}/repos/${name}/actions/workflows/${String(workflow.id)}`,
    html_url: `https://github.com/${name}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `https://github.com/${name}/workflows/${encodeURIComponent(workflow.name)}/badge.svg`,
  };
}

/** GitHub's `workflow-run`: a run as one of its attempts. */
export function runView(
  call: Call,
  repository: Repository,
  shown: { run: Run; attempt: RunAttempt },
): object {
  const { run, attempt } = shown;
  const end = endOf(attempt);
  const [first = attempt] = run.attempts;
  return {
    id: run.id,
    node_id: nodeId("WorkflowRun", run.id),
    name: run.workflow.name,
    display_title: run.workflow.name,
    path: run.workflow.path,
    workflow_id: run.workflow.id,
    run_number: run.number,
    run_attempt: attempt.number,
    event: run.event,
    status: statusOf(attempt),
    conclusion: end?.conclusion ?? null,
    head_branch: run.branch,
    head_sha: run.headSha,
    head_commit: headCommit(repository, run.headSha),
    pull_requests: [],
    actor: accountView(call.apiUrl, repository.owner),
    triggering_actor: accountView(call.apiUrl, repository.owner),
    repository: repositoryView(call.apiUrl, repository),
    head_repository: repositoryView(call.apiUrl, repository),
    created_at: timestamp(first.startedAt),
    run_started_at: timestamp(attempt.startedAt),
    updated_at: timestamp(end?.at ?? attempt.startedAt),
    ...runUrls(call, repository, run),
  };
}

function runUrls(call: Call, repository: Repository, run: Run): Record<string, string> {
  const name = fullName(repository);
  const url = `${call.apiUrl}/repos/${name}/actions/runs/${String(run.id)}`;
  return {
    url,
    html_url: `https://github.com/${name}/actions/runs/${String(run.id)}`,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    check_suite_url: `${call.apiUrl}/repos/${name}/check-suites/${String(run.id)}`,
    workflow_url: `${call.apiUrl}/repos/${name}/actions/workflows/${String(run.workflow.id)}`,
  };
}

function headCommit(repository: Repository, sha: string): Record<string, unknown> | null {
  const commit = readCommit(repository.objects, sha);
  if (commit === undefined) return null;
  const { author, committer, message, tree } = commit;
  return {
    id: sha,
    tree_id: tree,
    message,
    timestamp: timestamp(committer.at),
    author: { name: author.name, email: author.email },
    committer: { name: committer.name, email: committer.email },
  };
}

export interface ShownJob {
  readonly run: Run;
  readonly attempt: RunAttempt;
  readonly job: Job;
}

/** GitHub's `job`. */
export function jobView(
  call: Call,
  repository: Repository,
  { run, attempt, job }: ShownJob,
): Record<string, unknown> {
  const name = fullName(repository);
  const actions = `${call.apiUrl}/repos/${name}/actions`;
  return {
    id: job.id,
    node_id: nodeId("CheckRun", job.id),
    run_id: run.id,
    run_attempt: attempt.number,
    run_url: `${actions}/runs/${String(run.id)}`,
    url: `${actions}/jobs/${String(job.id)}`,
    html_url: `https://github.com/${name}/actions/runs/${String(run.id)}/job/${String(job.id)}`,
    check_run_url: `${call.apiUrl}/repos/${name}/check-runs/${String(job.id)}`,
    name: job.name,
    workflow_name: run.workflow.name,
    head_branch: run.branch,
    head_sha: run.headSha,
    ...progressOf(job),
    created_at: timestamp(job.createdAt),
    steps: [],
    labels: ["ubuntu-latest"],
    ...runnerOf(job),
  };
}

/** A queued job's start is the moment at which it was queued. */
function progressOf({ createdAt, startedAt, ended }: Job): Record<string, unknown> {
  const status = startedAt === undefined ? "queued" : "in_progress";
  return {
    status: ended === undefined ? status : "completed",
    conclusion: ended?.conclusion ?? null,
    started_at: timestamp(startedAt ?? createdAt),
    completed_at: ended === undefined ? null : timestamp(ended.at),
  };
}

function runnerOf({ id, runner, startedAt }: Job): Record<string, unknown> {
  if (startedAt === undefined) {
    return { runner_id: null, runner_name: null, runner_group_id: null, runner_group_name: null };
  }
  return {
    runner_id: id,
    runner_name: runner,
    runner_group_id: 0,
    runner_group_name: "GitHub Actions",
  };
}
