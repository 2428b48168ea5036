import type { Provider } from "../providers/provider.ts";

/** What a declaration may give as `scope_prefix`. It ends in a mark: `read` is no prefix of `readonly`. */
const PREFIX = /^[!#-[\]-~]{0,63}[!#-/:-@[\]-`{-~]$/;

/**
 * What the server puts before every declared scope, where an inline provider does not say so; undefined: nothing that is
 * the same for all. `known` are the scopes that the server granted or publishes: of a catalogue's provider they prove nothing.
 */
export function undeclaredPrefix(
  { provider, scopes }: { readonly provider: Provider; readonly scopes: readonly string[] },
  known: readonly string[],
): string | undefined {
  const [first] = scopes;
  if (first === undefined || provider.id !== "inline" || provider.scopeRules.prefix !== "") return undefined;
  if (scopes.some((scope) => known.includes(scope))) return undefined;
  return known
    .filter((scope) => scope.endsWith(first))
    .map((scope) => scope.slice(0, -first.length))
    .find((prefix) => PREFIX.test(prefix) && scopes.every((scope) => known.includes(`${prefix}${scope}`)));
}

/** What to do about it. */
export function prefixAdvice(prefix: string): string {
  return `The server puts "${prefix}" before each scope. Write scope_prefix: "${prefix}" under provider`;
}
