import { isCollection, isMap, isNode, isPair, isScalar, isSeq } from "yaml";
import { composeTokens, parseTokens } from "./compose.ts";
import type { Fault, Finding, LocatedFinding, Path } from "./fault.ts";
import { codeFrame } from "./frame.ts";
import { hidesValue } from "./literal-secret.ts";
import { visible, visiblePath } from "./visible.ts";

type Range = readonly [start: number, end: number];

/** A file with more faults tells this many, and then that there are more. */
export const MAX_FAULTS = 100;
/** How much of a line is looked at around a fault: far more than is shown. */
const REACH = 2_000;

/**
 * The text of a file as a place of faults. Nothing is computed before the first fault: a faultless file costs no
 * positions, and its syntax tree need not be kept.
 */
export class Source {
  readonly file: string;
  readonly #text: string;
  #root: unknown;
  #hidden: readonly Range[] | undefined;
  #lineStarts: readonly number[] | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.#text = text;
  }

  /** Faults at members of the document; no more than are told. */
  locateAll(found: readonly LocatedFinding[]): readonly Fault[] {
    return found.slice(0, MAX_FAULTS + 1).map((finding) => this.locate(finding));
  }

  /** A fault at a member of the document, or at the closest one around it that is there. */
  locate(found: LocatedFinding): Fault {
    this.#prepare();
    return this.at(found, rangeAt(this.#root, found.path, found.part));
  }

  /** A fault at a range of offsets. */
  at(finding: Finding, range: Range): Fault {
    this.#prepare();
    const start = Math.min(range[0], this.#text.length);
    const end = Math.max(start, Math.min(range[1], this.#text.length));
    const from = this.#position(start);
    const to = this.#position(end);
    return {
      file: visiblePath(this.file),
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
      rule: finding.rule,
      message: visible(finding.message),
      hint: visible(finding.hint),
      frame: this.#frame(from.line, start, end),
    };
  }

  #prepare(): void {
    if (this.#hidden !== undefined) return;
    const tokens = parseTokens(this.#text);
    this.#root = tokens && composeTokens(tokens, this.#text.length).document.contents;
    this.#hidden = hiddenRanges(this.#root);
  }

  #frame(lineNumber: number, start: number, end: number): string {
    const lineStart = Math.max(this.#starts()[lineNumber - 1] ?? 0, start - REACH);
    const next = this.#text.indexOf("\n", start);
    const lineEnd = Math.min(next === -1 ? this.#text.length : next, start + REACH);
    const line = this.#text.slice(lineStart, lineEnd).replace(/\r$/u, "");
    const onLine = ([from, to]: Range): Range => [clamp(from - lineStart, line), clamp(to - lineStart, line)];
    const [markStart, markEnd] = onLine([start, end]);
    const hidden = (this.#hidden ?? []).map(onLine).filter(([from, to]) => from < to);
    return codeFrame({ lineNumber, line, start: markStart, end: markEnd, hidden });
  }

  #position(offset: number): { readonly line: number; readonly column: number } {
    const starts = this.#starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  #starts(): readonly number[] {
    this.#lineStarts ??= [0, ...[...this.#text.matchAll(/\n/gu)].map(({ index }) => index + 1)];
    return this.#lineStarts;
  }
}

function clamp(offset: number, line: string): number {
  return Math.max(0, Math.min(offset, line.length));
}

function rangeAt(root: unknown, path: Path, part: "key" | "value"): Range {
  let node = root;
  let key: unknown;
  for (const step of path) {
    const child = childOf(node, step);
    if (child === undefined) break;
    ({ key, node } = child);
  }
  const meant = (part === "key" || !isNode(node)) && isNode(key) ? key : node;
  // A whole map or list would be marked from here to its end: its beginning is enough.
  if (isCollection(meant) && meant.flow !== true) return isNode(key) ? offsets(key) : [0, 0];
  return offsets(meant);
}

function childOf(node: unknown, step: string | number): { key: unknown; node: unknown } | undefined {
  if (isSeq(node)) return { key: undefined, node: node.items[Number(step)] };
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  return pair === undefined ? undefined : { key: pair.key, node: pair.value };
}

function offsets(node: unknown): Range {
  return isNode(node) && node.range ? [node.range[0], node.range[1]] : [0, 0];
}

/** Where values stand that must not be seen. With a stack of its own: a hostile file may be nested deeply. */
function hiddenRanges(root: unknown): Range[] {
  const ranges: Range[] = [];
  const left: { node: unknown; path: Path }[] = [{ node: root, path: [] }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { node, path } = next;
    if (isScalar(node) && hidesValue(path, String(node.value))) ranges.push(offsets(node));
    if (!isCollection(node)) continue;
    for (const item of node.items) {
      if (!isPair(item)) left.push({ node: item, path });
      else left.push({ node: item.value, path: isScalar(item.key) ? [String(item.key.value)] : path });
    }
  }
  return ranges;
}
