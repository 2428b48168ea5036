import { lineValue } from "./simple-line.ts";
import { bounded, deeper, NOT_SIMPLE, plainKey, toObject } from "./simple-value.ts";

/**
 * The plain value of a text that uses YAML's everyday part only: block maps and lists, and on one line flow maps, flow
 * lists, scalars and comments. Undefined for everything else, faults included: then the parser judges. It is a short
 * cut, ten times as fast; what it returns is what the parser makes of the text, and a property test holds it to that.
 */
export function simpleValue(text: string): unknown {
  // A line end is \n, and indentation is spaces.
  if (/[\t\r]/u.test(text)) return undefined;
  try {
    return new BlockReader(text).document();
  } catch (thrown) {
    if (thrown === NOT_SIMPLE) return undefined;
    throw thrown;
  }
}

interface Line {
  readonly indent: number;
  /** Without its indentation. */
  readonly text: string;
}

/** A key, and what follows it on its line: a value, a comment or nothing. */
const PAIR = /^([A-Za-z_][A-Za-z0-9_-]{0,255}):(?: +(.*))?$/u;
const ITEM = /^(- +)(\S.*)$/u;

class BlockReader {
  readonly #lines: Line[];
  #at = 0;

  constructor(text: string) {
    this.#lines = text.split("\n").flatMap((line) => {
      const content = line.trimStart();
      return content === "" || content.startsWith("#")
        ? []
        : [{ indent: line.length - content.length, text: content }];
    });
  }

  document(): unknown {
    const value = this.#map(0, 0);
    if (this.#at < this.#lines.length || this.#lines.length === 0) throw NOT_SIMPLE;
    return value;
  }

  #map(indent: number, depth: number): unknown {
    const members: [string, unknown][] = [];
    for (let line = this.#lineAt(indent); line !== undefined; line = this.#lineAt(indent)) {
      const [, key, rest = ""] = PAIR.exec(line.text) ?? [];
      if (key === undefined) throw NOT_SIMPLE;
      this.#at += 1;
      const inline = rest !== "" && !rest.startsWith("#");
      members.push([plainKey(key), inline ? lineValue(rest) : this.#nested(indent, depth)]);
    }
    return toObject(members);
  }

  /** What is indented under a key; nothing is null. A list in the key's own column is left to the parser. */
  #nested(indent: number, depth: number): unknown {
    const line = this.#lines[this.#at];
    if (line === undefined || line.indent < indent) return null;
    if (line.indent === indent) return line.text.startsWith("-") ? this.#refuse() : null;
    const read = line.text.startsWith("- ") ? this.#list : this.#map;
    return read.call(this, line.indent, deeper(depth));
  }

  #list(indent: number, depth: number): unknown {
    const items: unknown[] = [];
    for (let line = this.#lineAt(indent); line !== undefined; line = this.#lineAt(indent)) {
      const [, dash, text] = ITEM.exec(line.text) ?? [];
      if (dash === undefined || text === undefined) throw NOT_SIMPLE;
      items.push(this.#item({ indent: indent + dash.length, text }, depth));
    }
    return bounded(items);
  }

  /** A map may begin beside its dash; its keys are in the column of the first. */
  #item(content: Line, depth: number): unknown {
    if (PAIR.test(content.text)) {
      this.#lines[this.#at] = content;
      return this.#map(content.indent, deeper(depth));
    }
    this.#at += 1;
    return lineValue(content.text);
  }

  /** The next line, if it is in this column; undefined at the end of the block. Deeper is no place to begin. */
  #lineAt(indent: number): Line | undefined {
    const line = this.#lines[this.#at];
    if (line === undefined || line.indent < indent) return undefined;
    return line.indent === indent ? line : this.#refuse();
  }

  #refuse(): never {
    throw NOT_SIMPLE;
  }
}
