import type { RawAnswer } from "./token-set.ts";

/** A decoded body: still the provider's words, of any type. */
export type Fields = Readonly<Record<string, unknown>>;

/** Where some providers put the answer inside an answer. */
const ENVELOPES = ["body", "data"] as const;

/**
 * The fields of an answer: JSON, or a form where a server prefers that, with or without a byte order mark, at the top
 * or one level below. undefined: neither.
 */
export function decodeFields(raw: RawAnswer): Fields | undefined {
  const text = raw.body.replace(/^\uFEFF/, "").trim();
  const fields = text.startsWith("{") ? parseObject(text) : parseForm(text);
  if (fields === undefined || "access_token" in fields || isOAuthError(fields)) return fields;
  for (const name of ENVELOPES) {
    const inner = fields[name];
    if (isFields(inner) && "access_token" in inner) return inner;
  }
  return fields;
}

/**
 * The whole value of the first string field of this name, however deep, in a JSON object, or a list of some, that may
 * have broken off: `{"refresh_token":"abc","expi`. undefined when it, or the value, is not there.
 */
export function salvage(raw: RawAnswer, field: string): string | undefined {
  const text = raw.body.replace(/^\uFEFF/, "").trimStart();
  if (!/^[{[]/.test(text)) return undefined;
  const match = new RegExp(`"${field}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`).exec(text);
  if (match?.[1] === undefined) return undefined;
  const value = parseJson(match[1]);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A form that broke off, without its last field: nobody can tell half a token from a whole one. JSON can be told. */
export function withoutCutField(raw: RawAnswer): RawAnswer {
  if (parseForm(raw.body.trim()) === undefined) return raw;
  return { ...raw, body: raw.body.slice(0, Math.max(0, raw.body.lastIndexOf("&"))) };
}

/** `"error": null` beside the tokens is how some servers say that there is none. */
function isOAuthError({ error }: Fields): boolean {
  return typeof error === "string" && error !== "";
}

function parseObject(text: string): Fields | undefined {
  const value = parseJson(text);
  return isFields(value) ? value : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseForm(text: string): Fields | undefined {
  if (!/^[a-z_]+=[^\s<]*$/.test(text)) return undefined;
  return Object.fromEntries(new URLSearchParams(text));
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
