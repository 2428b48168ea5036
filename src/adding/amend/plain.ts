import type { Document } from "yaml";
import { composeTokens, parseTokens } from "../../declaration/compose.ts";
import { toPlain } from "../../declaration/plain.ts";

/** The document of a text; undefined where it is nested too deeply to be one. */
export function documentOf(text: string): Document.Parsed | undefined {
  const tokens = parseTokens(text);
  return tokens && composeTokens(tokens, text.length).document;
}

/** What a text says, as the loader reads it; undefined where it is no YAML. */
export function plainOf(text: string): unknown {
  const document = documentOf(text);
  if (document === undefined || document.errors.length > 0) return undefined;
  const { value, problems } = toPlain(document.contents);
  return problems.length > 0 ? undefined : value;
}
