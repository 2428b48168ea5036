import type { Validation } from "../commands/validate.ts";

/** The JSON document of `sealring validate`. */
export function validationAsJson({ ok, results, faults }: Validation): string {
  return `${JSON.stringify({ command: "validate", ok, results, faults }, undefined, 2)}\n`;
}
