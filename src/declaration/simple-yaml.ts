import { isScalar } from "yaml";
import type { CST } from "yaml";
import { CORE } from "./compose.ts";

/** Thrown and caught in this file alone: what was met is not simple. */
const NOT_SIMPLE = new Error("not simple");

const MAX_DEPTH = 32;
const MAX_MEMBERS = 2_000;

type Tokens = readonly CST.SourceToken[] | undefined;

/**
 * The plain value of a text that uses YAML's everyday part only: maps and lists in both styles, scalars on one line,
 * comments. Undefined for everything else, faults included; then the composer judges. It is a short cut, four times
 * as fast: what it returns is what the composer would make of the same tokens, and a property test holds it to that.
 */
export function simpleValue(tokens: readonly CST.Token[]): unknown {
  try {
    const documents = tokens.filter((token) => !isGapType(token.type));
    const [document] = documents;
    if (documents.length !== 1 || document?.type !== "document") return undefined;
    gap(document.start, { spaced: true });
    gap(document.end, { spaced: true });
    return document.value?.type === "block-map" ? blockMap(document.value, 0) : undefined;
  } catch (thrown) {
    if (thrown === NOT_SIMPLE) return undefined;
    throw thrown;
  }
}

function isGapType(type: string): boolean {
  return type === "space" || type === "newline" || type === "comment";
}

/** How often an indicator is met between two nodes; whatever else is no space, line end or spaced comment is refused. */
function gap(tokens: Tokens, around: { readonly spaced: boolean; readonly indicator?: string }): number {
  let { spaced } = around;
  let found = 0;
  for (const { type, source } of tokens ?? []) {
    if (type === around.indicator) {
      found += 1;
      spaced = false;
    } else if (type === "comment" ? !spaced : !isGapType(type) || source.includes("\t")) {
      throw NOT_SIMPLE;
    } else {
      spaced = true;
    }
  }
  return found;
}

function value(token: CST.Token | null | undefined, depth: number): unknown {
  switch (token?.type) {
    case undefined:
      return null;
    case "scalar":
    case "single-quoted-scalar":
    case "double-quoted-scalar":
      gap(token.end, { spaced: false });
      return scalar(token);
    case "block-map":
      return blockMap(token, depth);
    case "block-seq":
      return blockSequence(token, depth);
    case "flow-collection":
      return flowCollection(token, depth);
    default:
      throw NOT_SIMPLE;
  }
}

function blockMap({ items, indent }: CST.BlockMap, depth: number): unknown {
  const members: [string, unknown][] = [];
  for (const { start, key, sep, value: token } of items) {
    gap(start, { spaced: true });
    // Comments at the end of a map are an item without anything else.
    if (key === undefined) continue;
    if (key === null || !("indent" in key) || key.indent !== indent) throw NOT_SIMPLE;
    if (gap(sep, { spaced: false, indicator: "map-value-ind" }) !== 1) throw NOT_SIMPLE;
    if (token && isBlock(token) && sep.every(({ type }) => type !== "newline")) throw NOT_SIMPLE;
    members.push([keyText(key), value(token, depth + 1)]);
  }
  return toObject(members, depth);
}

function blockSequence({ items }: CST.BlockSequence, depth: number): unknown {
  const values: unknown[] = [];
  for (const { start, value: token } of items) {
    const found = gap(start, { spaced: true, indicator: "seq-item-ind" });
    if (found === 0 && !token) continue;
    if (found !== 1) throw NOT_SIMPLE;
    values.push(value(token, depth + 1));
  }
  return bounded(values, depth);
}

function flowCollection({ start: opening, items, end }: CST.FlowCollection, depth: number): unknown {
  const isMap = opening.source === "{";
  const [closing, ...rest] = end;
  if (closing?.source !== (isMap ? "}" : "]")) throw NOT_SIMPLE;
  gap(rest, { spaced: false });
  const members: [string, unknown][] = [];
  for (const [index, { start, key, sep, value: token }] of items.entries()) {
    const commas = gap(start, { spaced: false, indicator: "comma" });
    if (commas !== (index === 0 ? 0 : 1)) throw NOT_SIMPLE;
    // Nothing may follow the last comma.
    if (!key && !sep && !token && index === items.length - 1) continue;
    if (isMap !== Boolean(key) || isMap !== Boolean(sep)) throw NOT_SIMPLE;
    if (isMap && gap(sep, { spaced: false, indicator: "map-value-ind" }) !== 1) throw NOT_SIMPLE;
    if (!isMap && !token) throw NOT_SIMPLE;
    if (token && isBlock(token)) throw NOT_SIMPLE;
    members.push([key ? keyText(key) : "", value(token, depth + 1)]);
  }
  return isMap
    ? toObject(members, depth)
    : bounded(
        members.map(([, member]) => member),
        depth,
      );
}

function isBlock({ type }: CST.Token): boolean {
  return type === "block-map" || type === "block-seq";
}

function keyText(token: CST.Token): string {
  if (
    token.type !== "scalar" &&
    token.type !== "single-quoted-scalar" &&
    token.type !== "double-quoted-scalar"
  ) {
    throw NOT_SIMPLE;
  }
  const text = scalar(token);
  // The composer refuses an implicit key of more than 1,024 characters.
  if (typeof text !== "string" || token.end !== undefined || token.source.length > 512) throw NOT_SIMPLE;
  return text;
}

/** As `Reader` makes them: without a prototype. */
function toObject(members: readonly (readonly [string, unknown])[], depth: number): unknown {
  const plain = Object.create(null) as Record<string, unknown>;
  for (const [key, member] of bounded(members, depth)) {
    if (key in plain) throw NOT_SIMPLE;
    plain[key] = member;
  }
  return plain;
}

function bounded<Member>(members: readonly Member[], depth: number): readonly Member[] {
  if (depth >= MAX_DEPTH || members.length > MAX_MEMBERS) throw NOT_SIMPLE;
  return members;
}

function scalar({ type, source }: CST.FlowScalar): unknown {
  if (source.includes("\n")) throw NOT_SIMPLE;
  if (type === "scalar") return plainScalar(source);
  const quote = source[0];
  if (source.length < 2 || source.at(-1) !== quote || source.includes("\\")) throw NOT_SIMPLE;
  const text = source.slice(1, -1);
  return type === "single-quoted-scalar" ? text.replaceAll("''", "'") : text;
}

/** A plain scalar that begins otherwise is text in the core schema. */
const MAY_MEAN_MORE = /^[0-9+.~nNtTfF-]/u;
const BAD_START = /^[,%|>@`]/u;

function plainScalar(source: string): unknown {
  if (source === "" || BAD_START.test(source)) throw NOT_SIMPLE;
  if (!MAY_MEAN_MORE.test(source)) return source;
  for (const tag of CORE.tags) {
    if (tag.collection !== undefined || tag.default !== true || tag.test?.test(source) !== true) continue;
    const resolved = tag.resolve(source, refuse, {});
    return isScalar(resolved) ? resolved.value : resolved;
  }
  return source;
}

function refuse(): never {
  throw NOT_SIMPLE;
}
