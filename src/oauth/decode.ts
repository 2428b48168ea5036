import type { RawAnswer } from "./token-set.ts";

/** A decoded body: still the provider's words, of any type. */
export type Fields = Readonly<Record<string, unknown>>;

/** Where some providers put the answer inside an answer. */
const ENVELOPES = ["body", "data"] as const;

/** `scope=a b` is no form by the book, but servers write it; what has a tag in it is a page. */
const FORM = /^[a-z_][\w.-]*=[^<\r\n]*$/;

/**
 * The fields of an answer: JSON, or a form where a server prefers that, with or without a byte order mark, at the top
 * or one level below. undefined: neither.
 */
export function decodeFields(raw: RawAnswer): Fields | undefined {
  const body = decodeBody(raw);
  return body === undefined ? undefined : unwrapped(body);
}

/** The same, as it stands at the top. */
export function decodeBody(raw: RawAnswer): Fields | undefined {
  const text = textOf(raw);
  return text.startsWith("{") ? parseObject(text) : parseForm(text);
}

/** What is inside the envelope, where the answer came in one. */
export function unwrapped(body: Fields): Fields {
  if ("access_token" in body || isOAuthError(body)) return body;
  const inner = ENVELOPES.map((name) => body[name]).find(
    (value) => isFields(value) && "access_token" in value,
  );
  return isFields(inner) ? inner : body;
}

/** The body without byte order mark and blanks; of JSON that a server has put into a JSON text once more, that text. */
export function textOf({ body }: RawAnswer): string {
  const text = body.replace(/^\uFEFF/, "").trim();
  const inner = text.startsWith('"') ? parseJson(text) : undefined;
  return typeof inner === "string" ? inner.trim() : text;
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

/** undefined: not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseForm(text: string): Fields | undefined {
  return FORM.test(text) ? Object.fromEntries(new URLSearchParams(text)) : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
