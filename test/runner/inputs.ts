import { textOf } from "./expression.ts";
import type { Json, JsonObject } from "./expression.ts";
import { InputType } from "@actions/workflow-parser/model/workflow-template";
import type { InputConfig } from "@actions/workflow-parser/model/workflow-template";
import type { Inputs } from "./template.ts";

/**
 * `inputs` of a run: what was given, defaults for the rest, each of its declared type. Throws where GitHub answers 422:
 * an input that is not declared, a choice that is none, a required one that is missing.
 */
export function inputsOf(declared: Inputs, given: JsonObject): JsonObject {
  const odd = Object.keys(given).find((name) => !(name in declared));
  if (odd !== undefined) throw new Error(`Unexpected inputs provided: ["${odd}"]`);
  const entries = Object.entries(declared).map(([name, config]) => {
    return [name, typed(name, config, given[name] ?? config.default)] as const;
  });
  return Object.fromEntries(entries);
}

function typed(name: string, config: InputConfig, value: Json | undefined): Json {
  const text = textOf(value);
  if (text === "" && config.required === true) throw new Error(`Required input '${name}' not provided`);
  if (config.type === InputType.boolean) return text === "true";
  if (config.options?.includes(text) === false) {
    throw new Error(`Provided value '${text}' for input '${name}' not in the list of allowed values`);
  }
  return text;
}
