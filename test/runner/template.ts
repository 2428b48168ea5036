import {
  convertWorkflowTemplate,
  isBasicExpression,
  isLiteral,
  isMapping,
  isSequence,
  NoOperationTraceWriter,
  parseWorkflow,
} from "@actions/workflow-parser";
import type { WorkflowTemplate } from "@actions/workflow-parser";
import type { InputConfig, Step, WorkflowJob } from "@actions/workflow-parser/model/workflow-template";
import type { MappingToken, TemplateToken } from "@actions/workflow-parser/templates/tokens/index";
import { evaluate, textOf } from "./expression.ts";
import type { Json, Scope } from "./expression.ts";

/** A workflow file as GitHub's own parser reads it. */
export interface WorkflowFile {
  /** `.github/workflows/…`. */
  readonly path: string;
  readonly name: string;
  readonly root: MappingToken;
  readonly events: WorkflowTemplate["events"];
  readonly jobs: readonly JobDefinition[];
}

export interface JobDefinition {
  readonly id: string;
  readonly needs: readonly string[];
  /** With the status function that GitHub adds where there is none. */
  readonly condition: string;
  readonly token: MappingToken;
  readonly steps: readonly StepDefinition[];
}

export interface StepDefinition {
  readonly id: string;
  readonly condition: string;
  readonly token: MappingToken;
}

export type Inputs = Readonly<Record<string, InputConfig>>;

/** Parses a workflow. Throws with every error that GitHub would show. */
export async function parseWorkflowFile(path: string, content: string): Promise<WorkflowFile> {
  const { context, value } = parseWorkflow({ name: path, content }, new NoOperationTraceWriter());
  if (value === undefined || !isMapping(value)) throw new Error(`${path} is no workflow`);
  const { events, jobs } = await convertWorkflowTemplate(context, value);
  const errors = context.errors.getErrors();
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  const tokens = mappingAt(value, "jobs");
  const name = value.find("name");
  return {
    path,
    name: name === undefined ? path : fillText(name),
    root: value,
    events,
    jobs: jobs.map((job) => jobOf(job, mappingAt(tokens, job.id.value))),
  };
}

function jobOf(job: WorkflowJob, token: MappingToken): JobDefinition {
  const steps = token.find("steps");
  const tokens = steps !== undefined && isSequence(steps) ? [...steps] : [];
  return {
    id: job.id.value,
    needs: (job.needs ?? []).map(({ value }) => value),
    condition: job.if.expression,
    token,
    steps: (job.type === "job" ? job.steps : []).map((step, at) => stepOf(step, tokens[at])),
  };
}

function stepOf(step: Step, token: TemplateToken | undefined): StepDefinition {
  if (token === undefined || !isMapping(token)) throw new Error(`step ${step.id} is no mapping`);
  return { id: step.id, condition: step.if?.expression ?? "success()", token };
}

/** The mapping under a key; throws where there is none. */
export function mappingAt(token: MappingToken, key: string): MappingToken {
  const found = token.find(key);
  if (found === undefined || !isMapping(found)) throw new Error(`${key} is no mapping`);
  return found;
}

/** The value under a key, with every expression in it evaluated; undefined where the key is not there. */
export function fillAt(token: MappingToken, key: string, scope: Scope): Json | undefined {
  const found = token.find(key);
  return found === undefined ? undefined : fill(found, scope);
}

function fill(token: TemplateToken, scope: Scope): Json {
  if (isBasicExpression(token)) return evaluate(token.expression, scope);
  if (isSequence(token)) return [...token].map((item) => fill(item, scope));
  if (isMapping(token)) {
    return Object.fromEntries([...token].map(({ key, value }) => [fillText(key), fill(value, scope)]));
  }
  if (isLiteral(token)) return token.toJSON() as Json;
  throw new Error(`not understood: ${token.typeName()}`);
}

function fillText(token: TemplateToken): string {
  return textOf(fill(token, { contexts: {} }));
}
