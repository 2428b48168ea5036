import type { GitHubState, Job, Repository, Run } from "./model.ts";

/** Of the job that refreshes. */
export const JOB_NAME = "refresh";

/** What a run begins with; on the default branch, where no other is named. */
export interface StartedRun extends Pick<Run, "workflow" | "event" | "inputs"> {
  readonly at: Date;
  readonly branch?: string;
  /** Where a test wants a known one. */
  readonly id?: number;
}

/** A new run, with one attempt and no job yet. Secrets of the repository are read now. */
export function addRun(github: GitHubState, repository: Repository, started: StartedRun): Run {
  const { workflow, event, inputs, at, branch = repository.defaultBranch } = started;
  const run: Run = {
    ...{ id: started.id ?? github.newId(), number: repository.runs.size + 1, workflow, event, inputs },
    branch,
    headSha: repository.refs.get(`refs/heads/${branch}`) ?? "",
    attempts: [],
    artifacts: [],
  };
  addAttempt(github, repository, { run, at });
  repository.runs.set(run.id, run);
  return run;
}

/** Runs it again. Secrets of the repository are read anew. */
export function addAttempt(
  github: GitHubState,
  repository: Repository,
  { run, at }: { readonly run: Run; readonly at: Date },
): void {
  const attempt = { number: run.attempts.length + 1, startedAt: at, jobs: [] };
  run.attempts.push(attempt);
  github.runSecrets.queue(github, repository, attempt);
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
