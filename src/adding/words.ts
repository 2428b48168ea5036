import type { ParameterValues } from "../providers/template.ts";
import type { NewDestination, NewOutput } from "./told.ts";

/** Words between commas or spaces. */
export function wordsIn(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}

/** `NAME=field`, or `NAME` for the access token. */
export function outputsIn(words: readonly string[]): readonly NewOutput[] {
  return words.map((word) => {
    const [secretName = "", field = "access_token"] = halves(word, "=");
    return { secretName, field };
  });
}

/** `owner/name`, or `owner/name:environment`. */
export function destinationsIn(texts: readonly string[]): readonly NewDestination[] {
  return texts.map((text) => {
    const [repository = "", environment] = halves(text, ":");
    return environment === undefined ? { repository } : { repository, environment };
  });
}

/** `key=value`; without a value, an empty one. */
export function parametersIn(words: readonly string[]): ParameterValues {
  return Object.fromEntries(
    words.map((word) => {
      const [key = "", value = ""] = halves(word, "=");
      return [key, value];
    }),
  );
}

function halves(text: string, sign: string): readonly string[] {
  const at = text.indexOf(sign);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + sign.length)];
}
