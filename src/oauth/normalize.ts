import type { ScopeRules } from "../providers/provider.ts";
import type { Fields } from "./decode.ts";
import { nonEmptyText } from "./members.ts";

/** RFC 6749 §3.3. What else a server writes is no scope, and not for a terminal or a page to act upon. */
const SCOPE_TOKEN = /^[\x21\x23-\x5B\x5D-\x7E]+$/;

/** Twice as many as a credential may declare, each as long. What is beyond is for no journal to keep. */
const MAX_SCOPES = 200;
const MAX_SCOPE_CHARACTERS = 256;

/** Types that need a key with each request (RFC 9449, 9200): such a token is no use in a secret. */
const PROOF_TYPE = /^(?:dpop|mac|pop)$/i;

/**
 * A token answer in the shape that oauth4webapi accepts. Puts right what providers do beside RFC 6749 §5.1 without harm:
 * no `token_type` or a label of their own (`User Access Token`), an array or commas for scopes, `null` for what is absent.
 * What cannot be put right is left out, but for the access token. Lifetimes and the ID token are not for it to judge.
 */
export function normalizeFields(
  members: Fields,
  requestedScopes: readonly string[],
  rules: ScopeRules,
): Fields {
  const { access_token, token_type } = members;
  const type = typeof token_type === "string" ? token_type.trim() : "";
  return {
    access_token,
    token_type: PROOF_TYPE.test(type) ? type : "bearer",
    refresh_token: nonEmptyText(members["refresh_token"]),
    scope: scope(members["scope"], separatorOf(requestedScopes, rules)),
  };
}

/** Commas separate scopes where nobody asked for a scope with a comma in it; a plus only where it is declared to. */
function separatorOf(requestedScopes: readonly string[], { separator }: ScopeRules): RegExp {
  if (separator === "+") return /[\s+]+/;
  return requestedScopes.some((name) => name.includes(",")) ? /\s+/ : /[\s,]+/;
}

function scope(value: unknown, separator: RegExp): string | undefined {
  const list = Array.isArray(value) ? value.filter((item) => typeof item === "string").join(" ") : value;
  if (typeof list !== "string") return undefined;
  return list
    .split(separator)
    .filter((name) => SCOPE_TOKEN.test(name) && name.length <= MAX_SCOPE_CHARACTERS)
    .slice(0, MAX_SCOPES)
    .join(" ");
}
