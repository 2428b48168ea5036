import type { DispatchInput, WorkflowFile } from "./workflow-file.ts";

type Inputs = Readonly<Record<string, unknown>>;

export type InputsOutcome =
  | { readonly kind: "inputs"; readonly inputs: Inputs }
  | { readonly kind: "refused"; readonly reason: string };

const MOST_INPUTS = 25;

/**
 * The inputs of a dispatched run, with the file's defaults, or why GitHub refuses them. `hand`: of a workflow that was given
 * by hand nobody knows which inputs it has.
 */
export function inputsOf(given: unknown, asked: WorkflowFile | "hand" | undefined): InputsOutcome {
  const inputs = (given ?? {}) as Inputs;
  if (Object.keys(inputs).length > MOST_INPUTS) return refused("There are more than 25 inputs.");
  if (asked === "hand") return { kind: "inputs", inputs };
  const declared = asked?.dispatch;
  if (declared === undefined) return refused("Workflow does not have 'workflow_dispatch' trigger");
  const unknown = Object.keys(inputs).filter((name) => !declared.has(name));
  if (unknown.length > 0) return refused(`Unexpected inputs provided: ${JSON.stringify(unknown)}`);
  const entries = [...declared].map(([name, input]) => [name, inputs[name] ?? defaultOf(input)] as const);
  const wrong = entries.flatMap(([name, value]) => faultOf(name, value, declared) ?? []);
  const [first] = wrong;
  return first === undefined ? { kind: "inputs", inputs: Object.fromEntries(entries) } : refused(first);
}

/** A choice without a default is its first option. */
function defaultOf({ fallback, options, required }: DispatchInput): unknown {
  return fallback ?? (required ? undefined : options?.[0]) ?? (required ? undefined : "");
}

function faultOf(
  name: string,
  value: unknown,
  declared: ReadonlyMap<string, DispatchInput>,
): string | undefined {
  const options = declared.get(name)?.options;
  if (value === undefined) return `Required input '${name}' not provided`;
  if (options === undefined || options.includes(value)) return undefined;
  return `Provided value ${JSON.stringify(value)} for input '${name}' not in the list of allowed values`;
}

function refused(reason: string): InputsOutcome {
  return { kind: "refused", reason };
}
