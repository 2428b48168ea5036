import { bareScope } from "../../providers/model.ts";
import type { Provider } from "../../providers/provider.ts";
import { closest } from "../closest.ts";
import type { LocatedFinding } from "../fault.ts";
import type { Judged } from "./credential.ts";
import { quote } from "../quote.ts";

/** Scopes that are asked for twice, or that the provider does not know. Both sides are compared without its prefix. */
export function scopeFindings({
  loose,
  provider,
}: Pick<Judged, "loose" | "provider">): readonly LocatedFinding[] {
  return [...each({ loose, provider }), ...offline({ loose, provider })];
}

/** Without a refresh token somebody authorizes again whenever the access token ends. */
function offline({ loose, provider }: Pick<Judged, "loose" | "provider">): readonly LocatedFinding[] {
  if (provider === undefined) return [];
  const { offlineScopes: needed } = provider;
  const { scopes = [], grant } = loose;
  if (needed.length === 0 || grant === undefined || grant === "client_credentials") return [];
  // One that is faulty may be meant to be it.
  if (scopes.some((scope) => scope === undefined || needed.includes(bareScope(provider, scope)))) return [];
  return [
    {
      rule: "offline-scope",
      message: `${provider.name} gives a refresh token that lasts only to those who ask for ${needed.map(quote).join(" or ")}`,
      hint: `add ${needed[0] ?? ""} to scopes`,
      ...("scopes" in loose ? { path: ["scopes"], part: "key" } : { path: [], part: "value" }),
    },
  ];
}

function each({ loose, provider }: Pick<Judged, "loose" | "provider">): readonly LocatedFinding[] {
  const seen = new Set<string>();
  return (loose.scopes ?? []).flatMap((declared, index): readonly LocatedFinding[] => {
    if (declared === undefined) return [];
    const scope = provider === undefined ? declared : bareScope(provider, declared);
    const place = { path: ["scopes", index], part: "value" } as const;
    if (seen.has(scope)) {
      return [
        {
          rule: "duplicate-scope",
          message: `${quote(scope)} is asked for twice`,
          hint: "keep one",
          ...place,
        },
      ];
    }
    seen.add(scope);
    const unknown = provider === undefined ? undefined : unknownScope(scope, provider);
    return unknown === undefined ? [] : [{ ...unknown, ...place }];
  });
}

function unknownScope(
  scope: string,
  provider: Provider,
): Pick<LocatedFinding, "rule" | "message" | "hint"> | undefined {
  const { scopes } = provider;
  if (scopes === undefined) return undefined;
  if (Object.hasOwn(scopes, scope)) return undefined;
  const known = Object.keys(scopes).map((name) => bareScope(provider, name));
  if (known.includes(scope)) return undefined;
  const meant = closest(scope, known);
  return {
    rule: "unknown-scope",
    message: `${provider.name} knows no scope ${quote(scope)}`,
    hint: meant === undefined ? `it knows ${known.join(", ")}` : `did you mean ${quote(meant)}?`,
  };
}
