import { bounded, deeper, NOT_SIMPLE, plainKey, plainScalar, toObject } from "./simple-value.ts";

/** A plain scalar outside of brackets, if neither `: ` nor ` #` is in it. */
const PLAIN = /^[A-Za-z0-9_./][ -~\u00a1-\u02ff]*$/u;
/** What may follow a value on its line. */
const REST = / *(?:(?<= )#.*)?$/uy;
const SINGLE_QUOTED = /'((?:[^']|'')*)'/uy;
const DOUBLE_QUOTED = /"([^"\\]*)"/uy;
const FLOW_PLAIN = /[A-Za-z0-9_./](?:[A-Za-z0-9_./@+=-]|:(?=[A-Za-z0-9_./@+=-]))*/uy;
const FLOW_KEY = /([A-Za-z_][A-Za-z0-9_-]{0,255}): +/uy;
const COMMA = / *, */uy;
const SPACES = / */uy;

/** The value that the rest of a line holds: a scalar, or a map or list in brackets. */
export function lineValue(text: string): unknown {
  const comment = text.indexOf(" #");
  const plain = comment === -1 ? text : text.slice(0, comment);
  if (PLAIN.test(plain)) {
    const scalar = plain.trimEnd();
    if (scalar.includes(": ") || scalar.endsWith(":")) throw NOT_SIMPLE;
    return plainScalar(scalar);
  }
  const line = new FlowReader(text);
  const value = line.value(0);
  line.take(REST);
  return value;
}

/** Reads a line from left to right; whatever is not met where it must be ends the short cut. */
class FlowReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): unknown {
    switch (this.#text[this.#at]) {
      case "{":
        return toObject(this.#members("}", () => this.#pair(deeper(depth))));
      case "[":
        return bounded(this.#members("]", () => this.value(deeper(depth))));
      case "'":
        return this.take(SINGLE_QUOTED)[1]?.replaceAll("''", "'");
      case '"':
        return this.take(DOUBLE_QUOTED)[1];
      default:
        // Only within brackets: outside of them, PLAIN has had its chance.
        if (depth === 0) throw NOT_SIMPLE;
        return plainScalar(this.take(FLOW_PLAIN)[0]);
    }
  }

  take(pattern: RegExp): RegExpExecArray {
    const match = this.#meets(pattern);
    if (match === null) throw NOT_SIMPLE;
    return match;
  }

  #pair(depth: number): readonly [string, unknown] {
    const key = plainKey(this.take(FLOW_KEY)[1] ?? "");
    return [key, this.value(depth)];
  }

  #members<Member>(closing: "}" | "]", read: () => Member): readonly Member[] {
    this.#at += 1;
    this.take(SPACES);
    const members: Member[] = [];
    while (this.#text[this.#at] !== closing) {
      members.push(read());
      if (this.#meets(COMMA) === null) this.take(SPACES);
      else if (this.#text[this.#at] === ",") throw NOT_SIMPLE;
      else continue;
      if (this.#text[this.#at] !== closing) throw NOT_SIMPLE;
    }
    this.#at += 1;
    return members;
  }

  #meets(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#at = pattern.lastIndex;
    return match;
  }
}
