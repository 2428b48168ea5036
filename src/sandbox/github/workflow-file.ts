import { parse } from "yaml";

/** An input that `workflow_dispatch` declares. */
export interface DispatchInput {
  readonly required: boolean;
  readonly fallback: unknown;
  /** Of a `choice`. */
  readonly options: readonly unknown[] | undefined;
}

/** What GitHub reads from a workflow file before it runs anything. */
export interface WorkflowFile {
  /** undefined: the file names none, and its path stands for it. */
  readonly name: string | undefined;
  readonly isScheduled: boolean;
  /** undefined: it cannot be dispatched. */
  readonly dispatch: ReadonlyMap<string, DispatchInput> | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** A file that is no YAML is a workflow all the same: one that nothing triggers. */
export function readWorkflowFile(text: string): WorkflowFile {
  const file = fieldsOf(parsed(text));
  const on = file["on"];
  const triggers = typeof on === "string" ? { [on]: null } : Array.isArray(on) ? listed(on) : fieldsOf(on);
  return {
    name: typeof file["name"] === "string" ? file["name"] : undefined,
    isScheduled: "schedule" in triggers,
    dispatch: "workflow_dispatch" in triggers ? readInputs(triggers["workflow_dispatch"]) : undefined,
  };
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function listed(names: readonly unknown[]): Fields {
  return Object.fromEntries(names.map((name) => [String(name), null]));
}

function readInputs(trigger: unknown): ReadonlyMap<string, DispatchInput> {
  const inputs = Object.entries(fieldsOf(fieldsOf(trigger)["inputs"])).map(([name, declared]) => {
    const { required, default: fallback, options } = fieldsOf(declared);
    const input = {
      required: required === true,
      fallback,
      options: Array.isArray(options) ? options : undefined,
    };
    return [name, input] as const;
  });
  return new Map(inputs);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
