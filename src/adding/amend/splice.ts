import { isCollection, isMap, isScalar, isSeq } from "yaml";
import type { Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import type { Change } from "./changes.ts";
import { inBrackets } from "./brackets.ts";
import { itemLines, memberLines, scalarText } from "./lines.ts";
import { documentOf } from "./plain.ts";

/** What takes the place of a part of a text. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The text with a change made in its own lines alone; undefined where it has to be written anew. */
export function spliced(text: string, change: Change): string | undefined {
  const splice = spliceOf(text, change);
  return splice && text.slice(0, splice.from) + splice.text + text.slice(splice.to);
}

function spliceOf(text: string, change: Change): Splice | undefined {
  const above = documentOf(text)?.getIn(change.path.slice(0, -1), true);
  if (!isCollection(above) || above.flow === true) return inLine(text, change) ?? inBrackets(text, change);
  if (isSeq(above)) return itemSplice(text, above, change);
  if (!isMap<Scalar>(above)) return undefined;
  const pair = pairOf(above, change.path.at(-1));
  if (change.kind === "remove") return pair && removal(text, above, pair);
  if (pair === undefined) return newMember(text, above, change);
  return inLine(text, change) ?? replacement(text, pair, change);
}

/** A plain or quoted value in the place of one. */
function inLine(text: string, { kind, path, ...change }: Change): Splice | undefined {
  const node: unknown = documentOf(text)?.getIn(path, true);
  if (kind !== "set" || !("value" in change) || isObject(change.value)) return undefined;
  if (!isScalar(node) || !node.range || node.type?.startsWith("BLOCK") === true) return undefined;
  if (node.range[0] === node.range[1]) return undefined;
  return { from: node.range[0], to: node.range[1], text: scalarText(change.value, node) };
}

function newMember(text: string, map: YAMLMap<Scalar>, change: Change): Splice | undefined {
  const [first] = map.items;
  if (change.kind !== "set" || first === undefined) return undefined;
  const column = columnAt(text, startOf(first));
  const lines = memberLines(String(change.path.at(-1)), change.value, column);
  const before = change.after.flatMap((key) => pairOf(map, key) ?? []).at(-1);
  if (before !== undefined) return insertion(text, lines, rangeOfPair(text, before).to);
  return isAlone(text, startOf(first)) ? insertion(text, lines, startOf(first) - column) : undefined;
}

function replacement(text: string, pair: Pair<Scalar>, change: Change): Splice | undefined {
  if (change.kind !== "set") return undefined;
  const { from, to } = rangeOfPair(text, pair);
  const column = columnAt(text, from);
  const lines = memberLines(String(change.path.at(-1)), change.value, column);
  return { from, to, text: lines.slice(column) };
}

function itemSplice(text: string, list: YAMLSeq, change: Change): Splice | undefined {
  const at = Number(change.path.at(-1));
  const nodes: readonly unknown[] = list.items;
  const item = nodes[change.kind === "insert" ? Math.max(0, at - 1) : at];
  const start = rangeStart(item);
  if (start === undefined) return undefined;
  const dash = text.lastIndexOf("-", start);
  if (!isAlone(text, dash)) return undefined;
  const lines = { from: lineStart(text, dash), to: endOf(text, item, start) };
  if (change.kind === "remove") return { ...lines, text: "" };
  if (change.kind === "set") return inLine(text, change);
  return insertion(text, itemLines(change.value, dash - lines.from), at === 0 ? lines.from : lines.to);
}

/** After a last line without an end, one is begun. */
function insertion(text: string, lines: string, at: number): Splice {
  const isOpen = at > 0 && text[at - 1] !== "\n";
  return { from: at, to: at, text: isOpen ? `\n${lines.replace(/\n$/, "")}` : lines };
}

/** Beside a dash a member goes up to the next one. */
function removal(text: string, { items }: YAMLMap<Scalar>, pair: Pair<Scalar>): Splice | undefined {
  const { from, to } = rangeOfPair(text, pair);
  if (isAlone(text, from)) return { from: lineStart(text, from), to, text: "" };
  const next = items[items.indexOf(pair) + 1];
  return next && { from, to: startOf(next), text: "" };
}

/** From the key to the end of the last line. */
function rangeOfPair(text: string, pair: Pair<Scalar>): Omit<Splice, "text"> {
  const from = startOf(pair);
  return { from, to: endOf(text, pair.value, from + String(pair.key.value).length) };
}

/** The end of a node's last line. A line of its own for a comment after it stays where it is. */
function endOf(text: string, node: unknown, start: number): number {
  const end = isObject(node) && "range" in node && Array.isArray(node.range) ? Number(node.range[1]) : start;
  const last = text.slice(0, Math.max(end, start)).trimEnd().length;
  const next = text.indexOf("\n", Math.max(last, start));
  return next === -1 ? text.length : next + 1;
}

function pairOf(map: YAMLMap<Scalar>, key: unknown): Pair<Scalar> | undefined {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
}

function startOf({ key }: Pair<Scalar>): number {
  return key.range?.[0] ?? 0;
}

function rangeStart(node: unknown): number | undefined {
  const range = isObject(node) && "range" in node ? node.range : undefined;
  return Array.isArray(range) ? Number(range[0]) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

function columnAt(text: string, at: number): number {
  return at - lineStart(text, at);
}

/** Whether only spaces are before it on its line. */
function isAlone(text: string, at: number): boolean {
  return text.slice(lineStart(text, at), at).trim() === "";
}
