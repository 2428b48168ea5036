import type { Condition } from "../providers/provider.ts";

/** The value at a JSON Pointer (RFC 6901 §4); undefined: nothing is there. */
export function valueAt(value: unknown, pointer: string): unknown {
  let found = value;
  for (const token of pointer.split("/").slice(1)) {
    if (typeof found !== "object" || found === null) return undefined;
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    found = Object.hasOwn(found, name) ? (found as Readonly<Record<string, unknown>>)[name] : undefined;
  }
  return found;
}

/** Whether a body says what a success says. Without a condition there is nothing that it has to say. */
export function holds(condition: Condition | undefined, body: unknown): boolean {
  return condition === undefined || wordOf(condition, body) === "success";
}

/** What a body says of itself. `unsaid`: nothing is where the condition looks. */
export type Word = "success" | "failure" | "unsaid";

/** Values are compared as texts: a form has no others, and some servers write a number as one. */
export function wordOf(condition: Condition | undefined, body: unknown): Word {
  const value = condition === undefined ? undefined : valueAt(body, condition.pointer);
  if (value === undefined) return "unsaid";
  return asText(value) === asText(condition?.equals) ? "success" : "failure";
}

/** undefined: a list, an object or null, which is like no value of a condition. */
function asText(value: unknown): string | undefined {
  const isScalar = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return isScalar ? String(value) : undefined;
}
