import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Owner } from "../../src/journal/entry.ts";
import type { Job, Run } from "../../src/sandbox/github/model.ts";
import type { GitHubSandbox } from "../../src/sandbox/github/sandbox.ts";

/** A job on a runner, at the sandbox's GitHub. */
export interface WorkflowJob {
  readonly run: Run;
  readonly job: Job;
  readonly attempt: number;
}

/** Whether the workflow's last step got to upload the runner's boxes, or the runner was lost with its disk. */
export type LeftArtifact = "uploaded" | "none";

/** Starts a job in a run of its own; in a run that is given, the job that waits there, else another. */
export function startJob({ runs }: GitHubSandbox, repository: string, given?: Run): WorkflowJob {
  const run = given ?? runs.queue(repository);
  const waiting = run.attempts.at(-1)?.jobs.find(({ startedAt, ended }) => startedAt === undefined && !ended);
  const job = waiting ?? runs.addJob(run, "another");
  runs.startJob(job);
  return { run, job, attempt: run.attempts.length };
}

/**
 * Uploads what files there are, as the workflow's last step does, and ends the job. GitHub takes a name once a run: of two
 * jobs of one attempt, one can upload.
 */
export function endJob(
  { runs }: GitHubSandbox,
  { run, job, attempt }: WorkflowJob,
  files: Readonly<Record<string, string>>,
): void {
  if (job.ended !== undefined) return;
  if (Object.keys(files).length > 0) runs.upload(run, `sealring-boxes-${String(attempt)}`, files);
  runs.endJob(job);
}

/** The job as the journal's intents name it. */
export function ownerOf({ run, job, attempt }: WorkflowJob): Owner {
  return { kind: "run", runId: String(run.id), attempt, jobId: String(job.id) };
}

/** The variables by which GitHub's runner names the job. */
export function runnerVariables({ run, job, attempt }: WorkflowJob): Readonly<Record<string, string>> {
  return {
    GITHUB_RUN_ID: String(run.id),
    GITHUB_RUN_ATTEMPT: String(attempt),
    SEALRING_JOB_ID: String(job.id),
  };
}

/** The files of a runner's box folder, by name. */
export function boxFilesIn(runnerTemp: string): Readonly<Record<string, string>> {
  const folder = join(runnerTemp, "sealring-boxes");
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}
