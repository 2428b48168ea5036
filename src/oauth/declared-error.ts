import type { ErrorMatcher, Provider } from "../providers/provider.ts";
import { decodeFields } from "./decode.ts";
import type { Fields } from "./decode.ts";
import { registeredCode } from "./error-class.ts";
import type { Classified } from "./error-class.ts";
import type { RawAnswer } from "./token-set.ts";

/**
 * What the provider's own `errors` say of an answer; undefined: nothing. A status alone is believed only of an answer
 * that has fields, because a gateway's page comes with the same ones.
 */
export function declaredError(provider: Provider, raw: RawAnswer): Classified | undefined {
  const fields = decodeFields(raw);
  const matcher = provider.errors.find((candidate) => matches(candidate, raw, fields));
  if (matcher === undefined) return undefined;
  const code = matcher.error ?? registeredCode(fields?.["error"]) ?? `http_${String(raw.status)}`;
  return { errorClass: matcher.means, code };
}

function matches(matcher: ErrorMatcher, raw: RawAnswer, fields: Fields | undefined): boolean {
  const { error, status, descriptionContains } = matcher;
  if (error !== undefined && fields?.["error"] !== error) return false;
  if (status !== undefined && raw.status !== status) return false;
  if (descriptionContains === undefined) return fields !== undefined;
  return descriptionOf(raw, fields).toLowerCase().includes(descriptionContains.toLowerCase());
}

function descriptionOf(raw: RawAnswer, fields: Fields | undefined): string {
  // A success that nobody can read may be a cut one, with tokens that say anything.
  if (fields === undefined) return raw.status < 400 || raw.body.trimStart().startsWith("<") ? "" : raw.body;
  const texts = [fields["error_description"], fields["message"]];
  return texts.filter((text) => typeof text === "string").join("\n");
}
