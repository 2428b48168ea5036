import { SealringError } from "../../errors.ts";
import type { Clock } from "../../ports.ts";
import { repositoryNamed } from "./inspect.ts";
import type { Conclusion, GitHubState, Run } from "./model.ts";
import { addAttempt, addRun } from "./runs.ts";

/** Sets workflow runs going and ends them: what GitHub's scheduler does. */
export class RunControl {
  readonly #github: GitHubState;
  readonly #clock: Clock;

  constructor(github: GitHubState, clock: Clock) {
    this.#github = github;
    this.#clock = clock;
  }

  /** A scheduled run of sealring's workflow with one job under way. `id`: where a test wants a known one. */
  start(repository: string, id?: number): Run {
    const found = repositoryNamed(this.#github, repository);
    const [workflow] = found.workflows;
    if (workflow === undefined) throw new SealringError("usage", `${repository} has no workflow`);
    const started = { workflow, event: "schedule", inputs: {}, at: this.#clock.now() } as const;
    return addRun(this.#github, found, id === undefined ? started : { ...started, id });
  }

  /** Runs it again: another attempt. */
  retry(run: Run): void {
    addAttempt(this.#github, run, this.#clock.now());
  }

  /** Ends the jobs of the latest attempt. */
  end(run: Run, conclusion: Conclusion = "success"): void {
    for (const job of run.attempts.at(-1)?.jobs ?? []) job.ended ??= { at: this.#clock.now(), conclusion };
  }
}
