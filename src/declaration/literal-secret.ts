import type { Path } from "./fault.ts";

/** What tokens of well-known services, private keys and JWTs begin with. */
const KNOWN_TOKEN =
  /(?<![A-Za-z0-9_])(?:(?:gh[oprsu]_|github_pat_|glpat-|xox[abeoprs]-|[rs]k_(?:live|test)_|ya29\.|AIza|AKIA|ASIA|AGE-SECRET-KEY-1)[A-Za-z0-9_-]{16,}|eyJ[A-Za-z0-9_-]{8,}\.|-----BEGIN [A-Z ]{0,20}PRIVATE KEY)/u;

/** Long runs of letters and digits in turn: what random bytes look like in hex, base32 or base64. */
const RANDOM_RUN = /[A-Za-z0-9+/_=~.-]{20,}/gu;

/** Words that name what must not be in a file; `client.secret` and `private_key` hold a name. */
const SECRET_KEY =
  /^(?:.*[_-])?(?:secret|password|passwd|passphrase|api[_-]?key|private[_-]?key|access[_-]?token|refresh[_-]?token|id[_-]?token|token|code[_-]?verifier)$/iu;

/** Key and value of such a word on one line, for text that could not be parsed. */
const SECRET_PAIR =
  /((?:secret|passw(?:or)?d|passphrase|key|token|verifier)["']?\s*[:=]\s*)("[^"]*"?|'[^']*'?|[^\s,}\]#][^,}\]]*)/giu;

/** Whether a key says that its value is a secret. */
export function namesSecret(key: string): boolean {
  return SECRET_KEY.test(key);
}

/** Whether a text holds a token of a well-known service. */
export function holdsKnownToken(text: string): boolean {
  return KNOWN_TOKEN.test(text);
}

/** Where tokens of well-known services stand in a text. */
export function knownTokens(text: string): readonly (readonly [start: number, end: number])[] {
  if (!KNOWN_TOKEN.test(text)) return [];
  return [...text.matchAll(new RegExp(KNOWN_TOKEN, "gu"))].map(({ index, 0: token }) => [
    index,
    index + token.length,
  ]);
}

/** Whether a text may hold a secret: used to hide, never to refuse. */
export function mayBeSecret(text: string): boolean {
  return holdsKnownToken(text) || (text.match(RANDOM_RUN) ?? []).some(looksRandom);
}

/** A line as it may be shown: what may be a secret is stars of the same length. */
export function maskLine(line: string): string {
  return line
    .replace(
      SECRET_PAIR,
      (_, key: string, value: string) => key + (isHarmless(value.trim()) ? value : stars(value)),
    )
    .replace(new RegExp(KNOWN_TOKEN, "gu"), stars)
    .replace(RANDOM_RUN, (run) => (looksRandom(run) ? stars(run) : run));
}

/** Whether the value at this path is hidden wherever the file is shown: its key says so, or it is a known token. */
export function hidesValue(path: Path, value: string): boolean {
  if (holdsKnownToken(value)) return true;
  const key = path.findLast((part) => typeof part === "string");
  return key !== undefined && namesSecret(key) && !isHarmless(value);
}

export function stars(text: string): string {
  return "*".repeat(text.length);
}

const OUTPUT_FIELD = /^(?:access_token|id_token|refresh_token|token_type|expires_at|scope)$/u;

/** The name of a secret, or a field of the token set. */
function isHarmless(value: string): boolean {
  return OUTPUT_FIELD.test(value) || (/^[A-Z_][A-Z0-9_]*$/u.test(value) && !mayBeSecret(value));
}

/** Digits between letters at least four times, as in no word that a person writes; a URL's parts are shorter. */
function looksRandom(run: string): boolean {
  return (run.match(/[A-Za-z][0-9]+(?=[A-Za-z])/gu) ?? []).length >= 4;
}
