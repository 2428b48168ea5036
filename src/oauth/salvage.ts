import { decodeBody, parseJson, textOf } from "./decode.ts";
import { valueAt } from "./pointer.ts";
import type { RawAnswer } from "./token-set.ts";

/**
 * A whole, non-empty text that JSON, or a list of some, or a form holds under this name, however deep: also where the
 * JSON has broken off, as in `{"refresh_token":"abc","expi`. At its declared pointer first; the name counts in camel
 * case, too, as servers write it that nobody has declared yet. undefined: it, or the end of its value, is not there.
 */
export function salvage(raw: RawAnswer, name: string, pointer: string | undefined): string | undefined {
  const text = textOf(raw);
  if (/^[{[]/.test(text)) {
    const declared = pointer === undefined ? undefined : valueAt(mended(text), pointer);
    return typeof declared === "string" && declared !== "" ? declared : firstText(text, name);
  }
  if (decodeBody(raw) === undefined) return undefined;
  return new URLSearchParams(text).getAll(name).find((value) => value !== "");
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],"]/g;

/** JSON that has broken off, up to the last value that is whole, and closed behind it. undefined: it is no JSON. */
function mended(text: string): unknown {
  let ends: readonly number[] = [];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    // A quotation mark alone opens a text that does not end.
    if (token === '"') break;
    ends = [token === "," ? index : index + token.length, ...ends.slice(0, 1)];
  }
  // Behind a member's name nothing is whole, but then behind what is before it.
  const closed = ends.map((end) => parseJson(text.slice(0, end) + closersOf(text.slice(0, end))));
  return closed.find((value) => value !== undefined);
}

function closersOf(text: string): string {
  const closers: string[] = [];
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "{") closers.push("}");
    else if (token === "[") closers.push("]");
    else if (token === "}" || token === "]") closers.pop();
  }
  return closers.reverse().join("");
}

function firstText(text: string, name: string): string | undefined {
  const member = new RegExp(`"${name.replace("_", "_?")}"\\s*:\\s*("[^"\\\\]*(?:\\\\.[^"\\\\]*)*")`, "gi");
  for (const [, value = ""] of text.matchAll(member)) {
    const parsed = parseJson(value);
    if (typeof parsed === "string" && parsed !== "") return parsed;
  }
  return undefined;
}
