import { isMap, isNode, isScalar, isSeq } from "yaml";
import type { Fault, Path } from "../declaration/fault.ts";
import { documentOf } from "./amend/plain.ts";
import type { NewFile } from "./document.ts";
import { MISSING } from "./judge.ts";

/** The member that a fault is about, or that is missing; the empty path: the file as a whole. */
export function pathOf({ text }: NewFile, { line, column, rule, message }: Fault): Path {
  const missing = MISSING[rule];
  if (missing !== undefined) return [missing];
  const parameter =
    rule === "provider-parameter" ? /^the provider needs `([^`]+)`/.exec(message)?.[1] : undefined;
  if (parameter !== undefined) return ["provider_parameters", parameter];
  if (rule === "missing-key") return pathOfMissing(message);
  return pathAt(documentOf(text)?.contents, startOfLine(text, line) + column - 1);
}

/** A list's item has no place of its own in the text; the message names it. */
function pathOfMissing(message: string): Path {
  const [, owner = "", key = ""] = /^(?:this file|`([^`]+)`) has no `([^`]+)`/.exec(message) ?? [];
  return [...owner.split(".").filter((step) => step !== ""), key];
}

function startOfLine(text: string, line: number): number {
  const before = text.split("\n").slice(0, line - 1);
  return before.reduce((offset, each) => offset + each.length + 1, 0);
}

function pathAt(node: unknown, offset: number): Path {
  if (isMap(node)) {
    const pair = node.items.find(({ key, value }) => holds(key, offset) || holds(value, offset));
    if (pair === undefined || !isScalar(pair.key)) return [];
    const key = String(pair.key.value);
    return holds(pair.key, offset) ? [key] : [key, ...pathAt(pair.value, offset)];
  }
  if (!isSeq(node)) return [];
  const at = node.items.findIndex((item) => holds(item, offset));
  return at === -1 ? [] : [at, ...pathAt(node.items[at], offset)];
}

function holds(node: unknown, offset: number): boolean {
  return (
    isNode(node) &&
    !!node.range &&
    node.range[0] <= offset &&
    offset < Math.max(node.range[1], node.range[0] + 1)
  );
}
