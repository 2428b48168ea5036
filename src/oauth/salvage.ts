import { decodeBody, parseJson, textOf } from "./decode.ts";
import type { RawAnswer } from "./token-set.ts";

/**
 * A whole, non-empty text that JSON, or a list of some, or a form holds under this name, however deep: also where the
 * JSON has broken off, as in `{"refresh_token":"abc","expi`. Below its declared pointer first; the name counts in camel
 * case, too, as servers write it that nobody has declared yet. undefined: it, or the end of its value, is not there.
 */
export function salvage(raw: RawAnswer, name: string, pointer: string | undefined): string | undefined {
  const text = textOf(raw);
  if (/^[{[]/.test(text)) {
    const declared = pointer === undefined ? undefined : below(text, pointer);
    return declared ?? firstText(text, name.replace("_", "_?"));
  }
  if (decodeBody(raw) === undefined) return undefined;
  return new URLSearchParams(text).getAll(name).find((value) => value !== "");
}

function below(text: string, pointer: string): string | undefined {
  const names = pointer.split("/").slice(1);
  let from = 0;
  for (const name of names.slice(0, -1)) {
    const found = text.indexOf(`"${name}"`, from);
    if (found < 0) return undefined;
    from = found + name.length;
  }
  return firstText(text.slice(from), (names.at(-1) ?? "").replaceAll(".", "\\."));
}

function firstText(text: string, name: string): string | undefined {
  const member = new RegExp(`"${name}"\\s*:\\s*("[^"\\\\]*(?:\\\\.[^"\\\\]*)*")`, "gi");
  for (const [, value = ""] of text.matchAll(member)) {
    const parsed = parseJson(value);
    if (typeof parsed === "string" && parsed !== "") return parsed;
  }
  return undefined;
}
