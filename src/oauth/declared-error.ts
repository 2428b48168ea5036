import type { ErrorMatcher, Provider } from "../providers/provider.ts";
import { textOf } from "./decode.ts";
import type { Fields } from "./decode.ts";
import { registeredCode } from "./error-class.ts";
import type { Classified } from "./error-class.ts";
import type { DecodedAnswer } from "./members.ts";
import type { RawAnswer } from "./token-set.ts";

/** OAuth error codes, as servers in practice write them: narrower than RFC 6749 §5.2, so that `Not Found` is none. */
const OAUTH_CODE = /^[a-z][a-z0-9_.-]{2,63}$/;

/** Where a provider declares where its code is, that is a code of any word: `190`, `AUTH_FAILED`. */
const DECLARED_CODE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/** An answer's error code, a number as text; undefined: it has none. Not to be printed: it may be any word. */
export function errorCodeOf({ members, word }: DecodedAnswer, { answer }: Provider): string | undefined {
  if (word === "success") return undefined;
  const code = errorText(members);
  const { error: pointer } = answer.members;
  const pattern = pointer === undefined ? OAUTH_CODE : DECLARED_CODE;
  return code !== undefined && pattern.test(code) ? code : undefined;
}

/**
 * Whether an error code that nobody has declared is the server's word on what it has not done. A number is none: an
 * envelope has one for every trouble on the way. Nor is `server_error`, which may come when all was done.
 */
export function settles(code: string): boolean {
  return code !== "server_error" && !/^\d+$/.test(code);
}

/**
 * What the provider's own `errors` say of an answer; undefined: nothing. A status alone is believed only of an answer
 * that has fields, because a gateway's page comes with the same ones.
 */
export function declaredError({ raw, members }: DecodedAnswer, provider: Provider): Classified | undefined {
  const matcher = provider.errors.find((candidate) => matches(candidate, raw, members));
  if (matcher === undefined) return undefined;
  const code = matcher.error ?? registeredCode(members?.["error"]) ?? `http_${String(raw.status)}`;
  return { errorClass: matcher.means, code };
}

function matches(matcher: ErrorMatcher, raw: RawAnswer, members: Fields | undefined): boolean {
  const { error, status, descriptionContains, body } = matcher;
  if (error !== undefined && errorText(members) !== error) return false;
  if (status !== undefined && raw.status !== status) return false;
  if (body === "empty") return textOf(raw) === "";
  if (descriptionContains === undefined) return members !== undefined;
  return descriptionOf(raw, members).toLowerCase().includes(descriptionContains.toLowerCase());
}

function errorText(members: Fields | undefined): string | undefined {
  const code = members?.["error"];
  return typeof code === "string" || typeof code === "number" ? String(code) : undefined;
}

function descriptionOf(raw: RawAnswer, members: Fields | undefined): string {
  // A success that nobody can read may be a cut one, with tokens that say anything.
  if (members === undefined) return raw.status < 400 || raw.body.trimStart().startsWith("<") ? "" : raw.body;
  const texts = [members["error_description"], members["message"]];
  return texts.filter((text) => typeof text === "string").join("\n");
}
