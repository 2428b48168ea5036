import { SealringError } from "../../errors.ts";
import type { Clock } from "../../ports.ts";
import { addArtifact } from "./artifacts.ts";
import { mayDeploy } from "./deployment.ts";
import { hasEnvironments } from "./environment-settings.ts";
import { addEnvironment, environmentNamed } from "./environments.ts";
import { repositoryNamed } from "./inspect.ts";
import { addAttempt, addJob, addRun, JOB_NAME } from "./jobs.ts";
import { findWorkflow, knownWorkflows } from "./known-workflows.ts";
import type { Artifact, Conclusion, GitHubState, Job, Repository, Run } from "./model.ts";
import type { Permissions, Token } from "./permissions.ts";
import type { Secrets } from "./run-secrets.ts";
import { addToken } from "./tokens.ts";

/** A run that begins with no job yet. */
export interface Trigger {
  /** The workflow file's name. */
  readonly workflowFile: string;
  readonly event: Run["event"];
  readonly inputs?: Run["inputs"];
}

/** Where a job that names an environment belongs. */
interface Place {
  readonly run: Run;
  readonly environment: string;
}

/** Sets workflow runs going and ends them, and stores what their jobs upload: what GitHub's scheduler and runners do. */
export class RunControl {
  readonly #github: GitHubState;
  readonly #clock: Clock;
  readonly #places = new WeakMap<Job, Place>();
  readonly #tokens = new WeakMap<Job, Token>();

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

  /** A run of a workflow file, with no job yet; undefined: GitHub knows of no such file, or does not run it now. */
  trigger(repository: string, { workflowFile, event, inputs = {} }: Trigger): Run | undefined {
    const found = repositoryNamed(this.#github, repository);
    const at = this.#clock.now();
    const workflow = findWorkflow(knownWorkflows(this.#github, found, at), workflowFile);
    if (workflow?.state !== "active" || found.archived) return undefined;
    return addRun(this.#github, found, { workflow, event, inputs, at });
  }

  /** Runs it again: another attempt, with one job under way. */
  retry(run: Run): void {
    addAttempt(this.#github, this.#repositoryOf(run), { run, at: this.#clock.now() });
    this.startJob(this.addJob(run, JOB_NAME));
  }

  /** Another job of the latest attempt, queued. */
  addJob(run: Run, name: string, environment?: string): Job {
    const job = addJob(this.#github, run, { name, at: this.#clock.now() });
    if (environment !== undefined) this.#places.set(job, { run, environment });
    return job;
  }

  /**
   * A runner takes the job; GitHub reads the environment's secrets now. A job fails where its branch may not deploy to the
   * environment, and one that names an environment which is not there makes it, open to all branches.
   */
  startJob(job: Job): void {
    if (job.startedAt !== undefined) return;
    job.startedAt = this.#clock.now();
    const place = this.#places.get(job);
    if (place === undefined) return;
    const repository = this.#repositoryOf(place.run);
    if (!hasEnvironments(repository)) return;
    const made = { name: place.environment, at: this.#clock.now() };
    const environment =
      environmentNamed(repository, place.environment) ?? addEnvironment(this.#github, repository, made);
    if (mayDeploy(environment, repository, place.run.branch)) this.#github.runSecrets.start(job, environment);
    else this.endJob(job, "failure");
  }

  /** What `secrets` holds in a job that has started. */
  secretsOf(run: Run, job: Job): Secrets {
    const attempt = run.attempts.find(({ jobs }) => jobs.includes(job));
    if (attempt === undefined || job.startedAt === undefined)
      throw new SealringError("usage", `the job ${job.name} of this run has not started`);
    return this.#github.runSecrets.of(attempt, job);
  }

  /** The job's GITHUB_TOKEN. It ends with the job, and all of a repository share a limit. */
  tokenOf(run: Run, job: Job, permissions: Permissions): Token {
    const { owner, name } = this.#repositoryOf(run);
    const repository = `${owner.login}/${name}`;
    const limitKey = `actions:${repository.toLowerCase()}`;
    const asked = { kind: "actions", login: "github-actions[bot]", permissions, limitKey } as const;
    const token = addToken(this.#github, { ...asked, repositories: [repository] });
    this.#tokens.set(job, token);
    return token;
  }

  endJob(job: Job, conclusion: Conclusion = "success"): void {
    job.ended ??= { at: this.#clock.now(), conclusion };
    this.#github.tokens.delete(this.#tokens.get(job)?.value ?? "");
  }

  /** Ends the jobs of the latest attempt. */
  end(run: Run, conclusion: Conclusion = "success"): void {
    for (const job of run.attempts.at(-1)?.jobs ?? []) this.endJob(job, conclusion);
  }

  /** What `actions/upload-artifact` does in a job. Throws `usage` where the run has an artifact of this name. */
  upload(run: Run, name: string, files: Readonly<Record<string, string>>): Artifact {
    return addArtifact(this.#github, run, { name, files, at: this.#clock.now() });
  }

  #repositoryOf(run: Run): Repository {
    const found = [...this.#github.repositories.values()].find(({ runs }) => runs.get(run.id) === run);
    if (found === undefined) throw new SealringError("usage", "the sandbox has no such run");
    return found;
  }
}
