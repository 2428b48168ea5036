import { isAlias, isMap, isScalar, isSeq } from "yaml";
import type { Node, Pair, YAMLMap, YAMLSeq } from "yaml";
import type { Finding } from "./fault.ts";

/** A finding at a range of offsets. */
export interface Problem extends Finding {
  readonly range: readonly [start: number, end: number];
}

const MAX_DEPTH = 32;
/** More than any store takes; the compiled schemas need quadratic time for faults in a list. */
const MAX_MEMBERS = 2_000;
/** Nodes that aliases may stand for, all together: a few shared lists, no bomb. */
const MAX_ALIASED_NODES = 1_000;

/** The plain value of a parsed node. Maps become objects without a prototype, so that no key means anything but itself. */
export function toPlain(root: unknown): { readonly value: unknown; readonly problems: readonly Problem[] } {
  const reader = new Reader();
  const value = reader.read(root, 0);
  return { value, problems: reader.problems };
}

class Reader {
  readonly problems: Problem[] = [];
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  #aliased = 0;
  #inAlias = 0;

  read(node: unknown, depth: number): unknown {
    if (isScalar(node)) {
      this.#enter(node);
      return node.value;
    }
    if (isAlias(node)) return this.#alias(node.source, rangeOf(node), depth);
    if (!isMap(node) && !isSeq(node)) return null;
    if (depth >= MAX_DEPTH) return this.#refuse(TOO_DEEP, rangeOf(node));
    if (node.items.length > MAX_MEMBERS) return this.#refuse(TOO_LONG, rangeOf(node));
    this.#enter(node);
    this.#open.add(node);
    const value = isMap(node) ? this.#map(node, depth) : this.#sequence(node, depth);
    this.#open.delete(node);
    return value;
  }

  #enter(node: Node & { anchor?: string }): void {
    if (this.#inAlias > 0) this.#aliased += 1;
    else if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
  }

  #sequence(node: YAMLSeq, depth: number): unknown[] {
    return node.items.map((item) => this.read(item, depth + 1));
  }

  #map(node: YAMLMap, depth: number): Record<string, unknown> {
    const plain = Object.create(null) as Record<string, unknown>;
    for (const pair of node.items) {
      const key = this.#key(pair);
      if (key === undefined) continue;
      const value = this.read(pair.value, depth + 1);
      if (key in plain) this.#refuse(DUPLICATE_KEY, rangeOf(pair.key));
      else plain[key] = value;
    }
    return plain;
  }

  #key(pair: Pair): string | undefined {
    if (isScalar<string | number | boolean | null>(pair.key) && pair.key.value !== null) {
      this.#enter(pair.key);
      return String(pair.key.value);
    }
    this.#refuse(BAD_KEY, rangeOf(pair.key ?? pair.value));
    return undefined;
  }

  #alias(name: string, range: Problem["range"], depth: number): unknown {
    const target = this.#anchors.get(name);
    if (target === undefined || this.#open.has(target)) return this.#refuse(BAD_ALIAS, range);
    if (this.#aliased > MAX_ALIASED_NODES) return this.#refuse(ALIAS_BOMB, range);
    this.#inAlias += 1;
    const value = this.read(target, depth);
    this.#inAlias -= 1;
    return value;
  }

  /** One fault of a bomb tells enough; every duplicate key is worth a line. */
  #refuse(finding: Finding, range: Problem["range"]): null {
    const told =
      finding.rule !== "yaml-duplicate-key" && this.problems.some(({ rule }) => rule === finding.rule);
    if (!told) this.problems.push({ ...finding, range });
    return null;
  }
}

function rangeOf(node: unknown): Problem["range"] {
  const range = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
  return Array.isArray(range) ? [Number(range[0]), Number(range[1])] : [0, 0];
}

const TOO_DEEP: Finding = {
  rule: "yaml-depth",
  message: "this is nested more than 32 deep",
  hint: "a declaration is nested three deep at most",
};
const DUPLICATE_KEY: Finding = {
  rule: "yaml-duplicate-key",
  message: "this key is already in the same map",
  hint: "keep one of the two",
};
const TOO_LONG: Finding = {
  rule: "yaml-members",
  message: "this has more than 2,000 members",
  hint: "spread the credential over several files",
};
const BAD_KEY: Finding = {
  rule: "yaml-key",
  message: "this key is not plain text",
  hint: "write a word, then a colon",
};
const BAD_ALIAS: Finding = {
  rule: "yaml-alias",
  message: "this alias points to no anchor before it",
  hint: "write the value itself",
};
const ALIAS_BOMB: Finding = {
  rule: "yaml-alias",
  message: "the aliases of this file stand for more than 1,000 values",
  hint: "write the values themselves",
};
