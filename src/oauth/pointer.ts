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
  return condition === undefined || valueAt(body, condition.pointer) === condition.equals;
}
