import type { Run } from "../../src/sandbox/github/model.ts";
import type { VirtualClock } from "./clock.ts";
import { evaluate, isTruthy, objectOf } from "./expression.ts";
import type { Json, JsonObject, Scope, StatusFunctions } from "./expression.ts";
import { JobLog } from "./log.ts";
import type { Machine } from "./machine.ts";
import { defaultVariables, runnerContext } from "./contexts.ts";
import { newStepFiles, readStepFiles } from "./runner-files.ts";
import type { StepFiles } from "./runner-files.ts";
import { performStep, readyStep, texts } from "./step.ts";
import type { ReadyStep, StepSite } from "./step.ts";
import { fillAt } from "./template.ts";
import type { JobDefinition, StepDefinition, WorkflowFile } from "./template.ts";

export type Result = "success" | "failure" | "cancelled" | "skipped";

/** What a runner is given with a job. */
export interface JobOrder {
  readonly file: WorkflowFile;
  readonly definition: JobDefinition;
  readonly run: Run;
  /** GitHub's id of the job: `job.check_run_id`, which GitHub Enterprise Server does not have. */
  readonly checkRunId: number | undefined;
  readonly runnerName: string;
  /** `github`, `inputs`, `needs`, `strategy`, `matrix`, `vars`, and `secrets` as of now. */
  readonly contexts: JsonObject;
  readonly actions: StepSite["actions"];
  /** A folder of commands that every machine has. */
  readonly tools: string;
  /** How long a step takes beside what it waits for. */
  readonly stepMilliseconds: () => number;
}

/** A job on its machine, from its first step to its last. */
export class RunningJob {
  readonly log = new JobLog();
  /** Of every step: uploaded when the step ends. */
  readonly summaries: string[] = [];
  status: Exclude<Result, "skipped"> = "success";
  readonly #order: JobOrder;
  readonly #machine: Machine;
  readonly #clock: VirtualClock;
  #env: Readonly<Record<string, string>> = {};
  #path: readonly string[];
  #steps: JsonObject = {};
  #current: StepDefinition | undefined;

  constructor(order: JobOrder, machine: Machine, clock: VirtualClock) {
    this.#order = order;
    this.#machine = machine;
    this.#clock = clock;
    this.#path = [order.tools, "/usr/local/bin", "/usr/bin", "/bin"];
    for (const value of Object.values(texts(objectOf(order.contexts["secrets"])))) this.log.mask(value);
  }

  /** Somebody cancels the run, or its time is over: what does not run always is interrupted. */
  cancel(): void {
    if (this.status === "cancelled") return;
    this.status = "cancelled";
    if (this.#current !== undefined && !this.#isWanted(this.#current)) this.#machine.interrupt();
  }

  async perform(): Promise<Result> {
    const { file, definition } = this.#order;
    this.#env = {
      ...texts(objectOf(fillAt(file.root, "env", this.#scope()))),
      ...texts(objectOf(fillAt(definition.token, "env", this.#scope()))),
    };
    const minutes = Number(fillAt(definition.token, "timeout-minutes", this.#scope()) ?? 360);
    const inTime = this.#clock.ring(minutes * 60_000, () => this.cancel());
    for (const step of definition.steps) if (!this.#machine.isLost) await this.#step(step);
    inTime();
    return this.#machine.isLost ? "failure" : this.status;
  }

  async #step(step: StepDefinition): Promise<void> {
    const wanted = this.#isWanted(step);
    this.#clock.pass(this.#order.stepMilliseconds());
    const outcome = wanted ? await this.#performed(step) : "skipped";
    const forgiven = outcome === "failure" && isTruthy(this.#valueOf(step, "continue-on-error") ?? false);
    if (outcome === "failure" && !forgiven && this.status === "success") this.status = "failure";
    const outputs = this.#outputs;
    this.#outputs = {};
    const conclusion = forgiven ? "success" : outcome;
    this.#steps = { ...this.#steps, [step.id]: { outcome, conclusion, outputs } };
  }

  #outputs: StepFiles["outputs"] = {};

  async #performed(step: StepDefinition): Promise<Result> {
    this.#current = step;
    const ready = readyStep(step, this.#scope());
    const stopTimer = this.#clock.ring(ready.timeoutMinutes * 60_000, () => this.#machine.interrupt());
    const files = newStepFiles(this.#machine.temp, step.id);
    const exit = await performStep(ready, this.#site({ ...this.#variables(ready), ...files }));
    stopTimer();
    this.#current = undefined;
    this.#keep(readStepFiles(files));
    if (this.status === "cancelled" && !this.#isWanted(step)) return "cancelled";
    return exit === 0 ? "success" : "failure";
  }

  #keep({ env, path, outputs, summary }: StepFiles): void {
    this.#env = { ...this.#env, ...env };
    this.#path = [...path.toReversed(), ...this.#path];
    this.#outputs = outputs;
    if (summary !== "") this.summaries.push(summary);
  }

  /** Later ones win: the workflow's and the job's, what earlier steps set, the step's own, and the runner's. */
  #variables({ env }: ReadyStep): Readonly<Record<string, string>> {
    const github = { ...objectOf(this.#order.contexts["github"]), job: this.#order.definition.id };
    const own = { PATH: this.#path.join(":"), ...defaultVariables(github, this.#machine) };
    return { ...this.#env, ...env, ...own };
  }

  #site(env: StepSite["env"]): StepSite {
    const { run, actions } = this.#order;
    return { env, run, actions, machine: this.#machine, print: (line) => this.log.take(line) };
  }

  #isWanted({ condition }: StepDefinition): boolean {
    return isTruthy(evaluate(condition, { ...this.#scope(), status: this.#statusFunctions() }));
  }

  /** Docs: "Evaluate expressions in workflows and actions", status check functions. */
  #statusFunctions(): StatusFunctions {
    return {
      success: () => this.status === "success",
      failure: () => this.status === "failure",
      cancelled: () => this.status === "cancelled",
      always: () => true,
    };
  }

  #valueOf({ token }: StepDefinition, key: string): Json | undefined {
    return fillAt(token, key, this.#scope());
  }

  #scope(): Scope {
    const { contexts, definition, checkRunId, runnerName } = this.#order;
    const github = {
      ...objectOf(contexts["github"]),
      job: definition.id,
      workspace: this.#machine.workspace,
    };
    const job = { status: this.status, ...(checkRunId === undefined ? {} : { check_run_id: checkRunId }) };
    const own = { github, job, runner: runnerContext(this.#machine, runnerName) };
    return { contexts: { ...contexts, ...own, env: this.#env, steps: this.#steps } };
  }
}
