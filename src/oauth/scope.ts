import { bareScope } from "../providers/model.ts";
import type { Provider } from "../providers/provider.ts";

/** Scopes as the authorization server names them: with the provider's prefix. */
export function wireScopes(provider: Provider, scopes: readonly string[]): readonly string[] {
  const { prefix } = provider.scopeRules;
  return scopes.map((scope) => (scope.startsWith(prefix) ? scope : `${prefix}${scope}`));
}

/** Scopes as declared: without the provider's prefix. */
export function declaredScopes(provider: Provider, scopes: readonly string[]): readonly string[] {
  return scopes.map((scope) => bareScope(provider, scope));
}

/** The `scope` parameter of a request (RFC 6749 §3.3); none where no scope is declared. */
export function scopeParameter(provider: Provider, scopes: readonly string[]): Record<string, string> {
  return scopes.length === 0 ? {} : { scope: wireScopes(provider, scopes).join(" ") };
}

/** How a grant departs from its declaration. Both empty: it does not. */
export interface ScopeDifference {
  /** Declared, not granted: a person may have unticked them. */
  readonly missing: readonly string[];
  /** Granted, not declared. */
  readonly extra: readonly string[];
}

/** Compares granted scopes with declared ones, the prefix dropped on both sides; undefined means granted as requested. */
export function compareScopes(
  provider: Provider,
  declared: readonly string[],
  granted: readonly string[] | undefined,
): ScopeDifference {
  if (granted === undefined) return { missing: [], extra: [] };
  const wanted = declaredScopes(provider, declared);
  const given = declaredScopes(provider, granted);
  return {
    missing: wanted.filter((scope) => !given.includes(scope)),
    extra: given.filter((scope) => !wanted.includes(scope)),
  };
}
