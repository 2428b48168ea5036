import { mayBeSecret } from "./literal-secret.ts";

const MOST = 60;

/** A word from a file as a message shows it: shortened, and not at all where it may be a secret. */
export function quote(word: string): string {
  if (mayBeSecret(word)) return "`…`";
  return `\`${word.length > MOST ? `${word.slice(0, MOST)}…` : word}\``;
}

/** Several words: `a`, `b` or `c`. */
export function quoteAll(words: readonly string[]): string {
  const quoted = words.map(quote);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1) ?? ""}`;
}
