import { SealringError } from "../../errors.ts";
import type { Clock } from "../../ports.ts";
import { addArtifact } from "./artifacts.ts";
import { repositoryNamed } from "./inspect.ts";
import type { Artifact, Conclusion, GitHubState, Job, Run } from "./model.ts";
import { addJob, addRun, JOB_NAME } from "./runs.ts";

/** Sets workflow runs going and ends them, and stores what their jobs upload: what GitHub's scheduler and runners do. */
export class RunControl {
  readonly #github: GitHubState;
  readonly #clock: Clock;

  constructor(github: GitHubState, clock: Clock) {
    this.#github = github;
    this.#clock = clock;
  }

  /** A scheduled run of sealring's workflow with one job under way. `id`: where a test wants a known one. */
  start(repository: string, id?: number): Run {
    const run = this.queue(repository, id);
    for (const job of run.attempts.at(-1)?.jobs ?? []) this.startJob(job);
    return run;
  }

  /** The same, with a job that waits for its turn: behind another run of its concurrency group, say. */
  queue(repository: string, id?: number): Run {
    const found = repositoryNamed(this.#github, repository);
    const [workflow] = found.workflows;
    if (workflow === undefined) throw new SealringError("usage", `${repository} has no workflow`);
    const started = { workflow, event: "schedule", inputs: {}, at: this.#clock.now() } as const;
    const run = addRun(this.#github, found, id === undefined ? started : { ...started, id });
    this.addJob(run, JOB_NAME);
    return run;
  }

  /** Runs it again: another attempt, with one job under way. */
  retry(run: Run): void {
    run.attempts.push({ number: run.attempts.length + 1, startedAt: this.#clock.now(), jobs: [] });
    this.startJob(this.addJob(run, JOB_NAME));
  }

  /** Another job of the latest attempt, queued. */
  addJob(run: Run, name: string): Job {
    return addJob(this.#github, run, { name, at: this.#clock.now() });
  }

  /** A runner takes the job; GitHub reads the environment's secrets now. */
  startJob(job: Job): void {
    job.startedAt ??= this.#clock.now();
  }

  endJob(job: Job, conclusion: Conclusion = "success"): void {
    job.ended ??= { at: this.#clock.now(), conclusion };
  }

  /** Ends the jobs of the latest attempt. */
  end(run: Run, conclusion: Conclusion = "success"): void {
    for (const job of run.attempts.at(-1)?.jobs ?? []) this.endJob(job, conclusion);
  }

  /** What `actions/upload-artifact` does in a job. Throws `usage` where the run has an artifact of this name. */
  upload(run: Run, name: string, files: Readonly<Record<string, string>>): Artifact {
    return addArtifact(this.#github, run, { name, files, at: this.#clock.now() });
  }
}
