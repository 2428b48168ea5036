import { bareScope } from "../providers/model.ts";
import type { Provider, ScopeRules } from "../providers/provider.ts";

/** Scopes as the authorization server names them: with the provider's prefix. */
export function wireScopes(provider: Provider, scopes: readonly string[]): readonly string[] {
  const { prefix } = provider.scopeRules;
  return scopes.map((scope) => (scope.startsWith(prefix) ? scope : `${prefix}${scope}`));
}

/** Scopes as declared: without the provider's prefix. */
export function declaredScopes(provider: Provider, scopes: readonly string[]): readonly string[] {
  return scopes.map((scope) => bareScope(provider, scope));
}

/**
 * What carries the scopes in a request (RFC 6749 §3.3): `parameter`, and for scopes with a marker the parameter that the
 * provider has for them. None where no scope is declared.
 */
export function scopeParameters(
  provider: Provider,
  scopes: readonly string[],
  parameter: string,
): Readonly<Record<string, string>> {
  const { marked, separator } = provider.scopeRules;
  const carried = [parameter, ...marked.map((rule) => rule.parameter)].map((name) => {
    const own = scopes.filter((scope) => (markerOf(provider, scope)?.parameter ?? parameter) === name);
    return [
      name,
      wireScopes(
        provider,
        own.map((scope) => unmarked(provider, scope)),
      ).join(separator),
    ] as const;
  });
  return Object.fromEntries(carried.filter(([, value]) => value !== ""));
}

function markerOf({ scopeRules }: Provider, scope: string): ScopeRules["marked"][number] | undefined {
  return scopeRules.marked.find(({ marker }) => scope.startsWith(marker));
}

function unmarked(provider: Provider, scope: string): string {
  return scope.slice(markerOf(provider, scope)?.marker.length ?? 0);
}

/** How a grant departs from its declaration. Both empty: it does not. */
export interface ScopeDifference {
  /** Declared, not granted: a person may have unticked them. */
  readonly missing: readonly string[];
  /** Granted, not declared. */
  readonly extra: readonly string[];
}

/**
 * Compares granted scopes with declared ones, the prefix dropped on both sides; undefined means granted as requested. One
 * with a marker is not missed: it is optional, or another token's, and then stands in no answer to this one.
 */
export function compareScopes(
  provider: Provider,
  declared: readonly string[],
  granted: readonly string[] | undefined,
): ScopeDifference {
  if (granted === undefined) return { missing: [], extra: [] };
  const wanted = declaredScopes(provider, declared);
  const given = declaredScopes(provider, granted);
  const known = wanted.map((scope) => unmarked(provider, scope));
  return {
    missing: wanted.filter((scope, index) => scope === known[index] && !given.includes(scope)),
    extra: given.filter((scope) => !known.includes(scope)),
  };
}
