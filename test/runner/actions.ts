import type { Run } from "../../src/sandbox/github/model.ts";
import type { GitHubSandbox } from "../../src/sandbox/github/sandbox.ts";
import type { VirtualClock } from "./clock.ts";
import { githubContext } from "./contexts.ts";
import type { RunFacts } from "./contexts.ts";
import { evaluate, isTruthy, objectOf, textOf } from "./expression.ts";
import type { JsonObject } from "./expression.ts";
import { jobStatus, performGraph, worst } from "./graph.ts";
import type { Results } from "./graph.ts";
import { ConcurrencyGroups } from "./groups.ts";
import { inputsOf } from "./inputs.ts";
import type { Result, RunningJob } from "./job.ts";
import { startOnMachine } from "./job-start.ts";
import type { Machine } from "./machine.ts";
import { refuseMore, tokenPermissions } from "./permissions.ts";
import type { TokenPermissions } from "./permissions.ts";
import type { StepSite } from "./step.ts";
import { fillAt, parseWorkflowFile } from "./template.ts";
import type { Inputs, JobDefinition, WorkflowFile } from "./template.ts";

/** What GitHub Actions is made of here. */
export interface Site {
  readonly github: GitHubSandbox;
  readonly clock: VirtualClock;
  readonly repository: string;
  readonly apiUrl: string;
  /** Where machines are made. */
  readonly folder: string;
  readonly actions: StepSite["actions"];
  /** A folder of commands that every machine has. */
  readonly tools: string;
  /** How long a job waits for a machine. */
  readonly queueMilliseconds: () => number;
  readonly stepMilliseconds: () => number;
  /** GitHub Enterprise Server has no `job.check_run_id`. */
  readonly product: "github.com" | "enterprise_server";
}

export interface JobReport {
  /** `caller / called` in a called workflow. */
  readonly name: string;
  readonly result: Result;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly job: RunningJob;
}

export interface RunReport {
  readonly run: Run;
  readonly results: Results;
  /** Those that got a machine, in the order of their ends. */
  readonly jobs: readonly JobReport[];
}

/** A job on its machine. */
export interface LiveJob {
  readonly name: string;
  readonly run: Run;
  readonly machine: Machine;
  cancel(): void;
}

/** What set a run going. */
export interface Trigger {
  readonly event: "schedule" | "workflow_dispatch";
  /** In `.github/workflows/`. */
  readonly workflowFile: string;
  readonly inputs?: JsonObject;
}

/** One attempt of a run, while it goes on. */
export interface Attempt {
  readonly facts: RunFacts;
  readonly reports: JobReport[];
  state: "going_on" | "cancelled";
  /** What takes a job out of the queue that it waits in. */
  readonly waiting: Set<() => void>;
}

/** The jobs of one file, with what they are given from outside. */
export interface Plan {
  readonly attempt: Attempt;
  readonly file: WorkflowFile;
  readonly prefix: string;
  readonly inputs: JsonObject;
  /** A called workflow gets none, but those that are passed on. */
  readonly secrets: "inherited" | "none";
  /** What a called workflow may ask for. */
  readonly limit: TokenPermissions | undefined;
  /** Of the attempt before, where only failed jobs run again. */
  readonly kept: Results;
}

/** GitHub's side of GitHub Actions for one repository: what decides when a job runs, and with what. */
export class Actions {
  readonly groups = new ConcurrencyGroups();
  readonly live = new Set<LiveJob>();
  readonly #site: Site;
  readonly #attempts = new Map<Run, Attempt>();
  /** By path and text. */
  readonly #files = new Map<string, Promise<WorkflowFile>>();

  constructor(site: Site) {
    this.#site = site;
  }

  /** Queues a run of the default branch's head and performs it. */
  async run(trigger: Trigger): Promise<RunReport> {
    const { github, repository } = this.#site;
    const run = github.runs.trigger(repository, trigger);
    if (run === undefined) throw new Error(`there is no ${trigger.workflowFile}`);
    return this.#perform(run, {});
  }

  /** "Re-run failed jobs": another attempt of those that did not succeed, with the inputs of the first. */
  async rerunFailed({ run, results }: RunReport): Promise<RunReport> {
    this.#site.github.runs.retry(run);
    // Which of its jobs run again is for this file to say.
    run.attempts.at(-1)?.jobs.splice(0);
    const kept = Object.entries(results).filter(([, result]) => result === "success");
    return this.#perform(run, Object.fromEntries(kept));
  }

  cancel(run: Run): void {
    const attempt = this.#attempts.get(run);
    if (attempt === undefined) return;
    attempt.state = "cancelled";
    for (const takeOut of attempt.waiting) takeOut();
    for (const job of this.live) if (job.run === run) job.cancel();
  }

  async #perform(run: Run, kept: Results): Promise<RunReport> {
    const { repository, apiUrl } = this.#site;
    const file = await this.#fileAt(run, run.workflow.path);
    const eventInputs = run.inputs as JsonObject;
    const facts: RunFacts = { run, repository, apiUrl, eventInputs, file };
    const attempt: Attempt = { facts, reports: [], state: "going_on", waiting: new Set() };
    const declared = (file.events.workflow_dispatch?.inputs ?? {}) as Inputs;
    const inputs = run.event === "workflow_dispatch" ? inputsOf(declared, eventInputs) : {};
    this.#attempts.set(run, attempt);
    const plan: Plan = { attempt, file, prefix: "", inputs, secrets: "inherited", limit: undefined, kept };
    const results = await this.#performPlan(plan);
    return { run, results, jobs: attempt.reports };
  }

  async #performPlan(plan: Plan): Promise<Results> {
    return performGraph(plan.file.jobs, async (definition, ancestors) => {
      const { [definition.id]: kept } = plan.kept;
      if (kept !== undefined) return kept;
      const contexts = this.#contexts(plan, definition, ancestors);
      const status = jobStatus(ancestors, plan.attempt.state);
      if (!isTruthy(evaluate(definition.condition, { contexts, status }))) return "skipped";
      const uses = fillAt(definition.token, "uses", { contexts });
      return uses === undefined
        ? startOnMachine(this.#site, this, { plan, definition, contexts })
        : this.#call(plan, definition, { path: textOf(uses), contexts });
    });
  }

  /** A job that calls a workflow of the same commit. */
  async #call(
    plan: Plan,
    definition: JobDefinition,
    { path, contexts }: { readonly path: string; readonly contexts: JsonObject },
  ): Promise<Result> {
    const { attempt } = plan;
    const file = await this.#fileAt(attempt.facts.run, path.replace(/^\.\//, ""));
    const declared = (file.events.workflow_call?.inputs ?? {}) as Inputs;
    const limit = permissionsOf(plan, definition);
    for (const job of file.jobs) refuseMore(tokenPermissions(...permissionsSaid(file, job)), limit);
    return worst(
      await this.#performPlan({
        ...{ attempt, file, limit, kept: {} },
        prefix: `${plan.prefix}${definition.id} / `,
        inputs: inputsOf(declared, objectOf(fillAt(definition.token, "with", { contexts }))),
        secrets: fillAt(definition.token, "secrets", { contexts }) === "inherit" ? plan.secrets : "none",
      }),
    );
  }

  #contexts({ attempt, inputs }: Plan, { needs }: JobDefinition, ancestors: Results): JsonObject {
    const results = needs.map((id) => [id, { result: ancestors[id] ?? "skipped", outputs: {} }]);
    const strategy = { "fail-fast": true, "job-index": 0, "job-total": 1, "max-parallel": 1 };
    return {
      github: githubContext(attempt.facts),
      ...{ inputs, strategy, matrix: null, vars: {}, needs: Object.fromEntries(results) as JsonObject },
    };
  }

  async #fileAt(run: Run, path: string): Promise<WorkflowFile> {
    const text = this.#site.github.filesOf(this.#site.repository, run.headSha).get(path);
    if (text === undefined) throw new Error(`the commit has no ${path}`);
    const file = this.#files.get(path + text) ?? parseWorkflowFile(path, text);
    this.#files.set(path + text, file);
    return file;
  }
}

function permissionsSaid(file: WorkflowFile, definition: JobDefinition) {
  const said = (token: JobDefinition["token"]) => fillAt(token, "permissions", { contexts: {} });
  return [said(definition.token), said(file.root)] as const;
}

/** What the token of a job may; in a called workflow never more than the caller's. */
export function permissionsOf({ file, limit }: Plan, definition: JobDefinition): TokenPermissions {
  const own = tokenPermissions(...permissionsSaid(file, definition));
  if (limit !== undefined) refuseMore(own, limit);
  return own;
}
