import { decodeBody, parseJson, textOf } from "./decode.ts";
import { valueAt } from "./pointer.ts";
import type { RawAnswer } from "./token-set.ts";

/** What is looked for. */
export interface Sought {
  readonly name: string;
  /** Where the provider declares it; undefined: nowhere. */
  readonly pointer: string | undefined;
  /** What it replaces, which an answer may repeat; undefined: nothing. */
  readonly replaces: string | undefined;
}

/** Deeper JSON is closed there: no answer is so deep, and to close a megabyte of brackets takes seconds. */
const MAX_DEPTH = 64;

/** How many texts deep a JSON text is looked for in a JSON text. */
const MAX_TEXTS = 3;

/**
 * A whole, non-empty text that JSON, or a list of some, or a form holds under this name, however deep: also where the
 * JSON has broken off, as in `{"refresh_token":"abc","expi`, and in texts of it that are JSON themselves. At its declared
 * pointer first, then at the top, then the first that replaces another; the name counts in camel case, too, as servers
 * write it that nobody has declared yet. undefined: it, or the end of its value, is not there.
 */
export function salvage(raw: RawAnswer, { name, pointer, replaces }: Sought): string | undefined {
  const text = textOf(raw);
  if (/^[{[]/.test(text)) {
    const whole = mended(text);
    const placed = [pointer ?? "", `/${name}`].map((place) => valueAt(whole, place)).find(isText);
    return placed ?? replacing(replaces, textsIn(text, name, MAX_TEXTS));
  }
  if (decodeBody(raw) === undefined) return undefined;
  return replacing(replaces, new URLSearchParams(text).getAll(name).filter(isText));
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function replacing(replaced: string | undefined, found: readonly string[]): string | undefined {
  return found.find((value) => value !== replaced) ?? found[0];
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],"]/g;

/** One that does not end is its quotation mark. */
const TEXT = /"[^"\\]*(?:\\.[^"\\]*)*"|"/g;

interface End {
  readonly at: number;
  /** What closes all that is open there. */
  readonly closers: string;
}

/** JSON that has broken off, up to the last value that is whole, and closed behind it. undefined: it is no JSON. */
function mended(text: string): unknown {
  let ends: readonly End[] = [];
  let closers = "";
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    // A quotation mark alone opens a text that does not end.
    if (token === '"' || closers.length > MAX_DEPTH) break;
    closers = closersBehind(token, closers);
    const end = { at: token === "," ? index : index + token.length, closers };
    ends = [end, ...ends.slice(0, 1)];
  }
  // Behind a member's name nothing is whole, but then behind what is before it.
  const closed = ends.map((end) => parseJson(text.slice(0, end.at) + end.closers));
  return closed.find((value) => value !== undefined);
}

function closersBehind(token: string, closers: string): string {
  switch (token) {
    case "{":
      return `}${closers}`;
    case "[":
      return `]${closers}`;
    case "}":
    case "]":
      return closers.slice(1);
    default:
      return closers;
  }
}

/** Texts under this name, in their order: those of the text itself, and then those of JSON texts in it. */
function textsIn(text: string, name: string, levels: number): readonly string[] {
  const member = new RegExp(`"${name.replace("_", "_?")}"\\s*:\\s*("[^"\\\\]*(?:\\\\.[^"\\\\]*)*")`, "gi");
  const own = [...text.matchAll(member)].map(([, value = ""]) => parseJson(value)).filter(isText);
  const inner = levels === 0 ? [] : jsonTextsIn(text);
  return [...own, ...inner.flatMap((json) => textsIn(json, name, levels - 1))];
}

/** The last one may have broken off. */
function jsonTextsIn(text: string): readonly string[] {
  const texts: string[] = [];
  for (const { 0: token, index } of text.matchAll(TEXT)) {
    const written = token === '"' ? begun(text.slice(index)) : token;
    const value = /^"\s*[{[]/.test(written) ? parseJson(written) : undefined;
    if (typeof value === "string") texts.push(value);
    if (token === '"') break;
  }
  return texts;
}

/** A text that has broken off, closed behind its last whole character. */
function begun(text: string): string {
  const [whole = ""] = /^"(?:[^"\\]+|\\u[\da-f]{4}|\\[^u])*/i.exec(text) ?? [];
  return `${whole}"`;
}
