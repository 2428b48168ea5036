import { isScalar } from "yaml";
import { CORE } from "./compose.ts";

/** Thrown where a text is not simple, and caught where that is asked. Made once: it needs no stack. */
export const NOT_SIMPLE = new Error("not simple");

/** Deeper than any declaration; what is deeper still is the parser's to judge. */
const MAX_DEPTH = 8;
const MAX_MEMBERS = 2_000;

/** Members as `Reader` in plain.ts makes them an object: without a prototype, each key once. */
export function toObject(members: readonly (readonly [string, unknown])[]): unknown {
  const plain = Object.create(null) as Record<string, unknown>;
  for (const [key, member] of bounded(members)) {
    if (key in plain) throw NOT_SIMPLE;
    plain[key] = member;
  }
  return plain;
}

/** A list that is not longer than a declaration may be. */
export function bounded<Member>(members: readonly Member[]): readonly Member[] {
  if (members.length > MAX_MEMBERS) throw NOT_SIMPLE;
  return members;
}

/** One deeper, as far as a declaration goes. */
export function deeper(depth: number): number {
  if (depth >= MAX_DEPTH) throw NOT_SIMPLE;
  return depth + 1;
}

/** A plain scalar that begins otherwise is text in the core schema (YAML 1.2 §10.3.2). */
const MAY_MEAN_MORE = /^[0-9+.~nNtTfF-]/u;

/** What a plain scalar means in the core schema, by the library's own tags. */
export function plainScalar(source: string): unknown {
  if (!MAY_MEAN_MORE.test(source)) return source;
  for (const tag of CORE.tags) {
    if (tag.collection !== undefined || tag.default !== true || tag.test?.test(source) !== true) continue;
    const resolved = tag.resolve(source, refuse, {});
    return isScalar(resolved) ? resolved.value : resolved;
  }
  return source;
}

/** A plain key: one that means a number, a truth value or nothing is left to the parser. */
export function plainKey(source: string): string {
  if (typeof plainScalar(source) !== "string") throw NOT_SIMPLE;
  return source;
}

function refuse(): never {
  throw NOT_SIMPLE;
}
