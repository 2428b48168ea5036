import type { Draft } from "../draft.ts";
import type { LocatedFinding } from "../fault.ts";
import { quote } from "../quote.ts";

/** A client secret's name that stands for two token endpoints' origins, so that one would get the other's secret. */
export function originFindings(
  drafts: readonly Draft[],
): readonly (LocatedFinding & { readonly draft: Draft })[] {
  const owners = new Map<string, { readonly origin: string; readonly file: string }>();
  return drafts.flatMap((draft) => {
    const name = draft.loose.client?.secret;
    const origin = tokenOrigin(draft);
    if (name === undefined || origin === undefined) return [];
    const owner = owners.get(name) ?? { origin, file: draft.source.file };
    owners.set(name, owner);
    if (owner.origin === origin) return [];
    const message = `${quote(name)} goes to ${owner.origin} by ${owner.file}, and here to ${origin}`;
    const hint = "give each provider's client secret a name of its own";
    return [
      {
        draft,
        rule: "client-secret-origin",
        message,
        hint,
        path: ["client", "secret"],
        part: "value",
      } as const,
    ];
  });
}

/**
 * Of the token endpoint; where discovery tells it later, of the issuer, which discovery must answer for. What else gets
 * the client secret counts with it.
 */
function tokenOrigin({ provider }: Draft): string | undefined {
  if (provider === undefined) return undefined;
  const { metadata, refresh, exchange, device } = provider;
  const url = metadata.token_endpoint ?? metadata.issuer;
  const urls = [url, refresh.endpoint, exchange?.endpoint, device.tokenEndpoint];
  const origins = urls.flatMap((address) =>
    address !== undefined && URL.canParse(address) ? [new URL(address).origin] : [],
  );
  return origins.length === 0 ? undefined : [...new Set(origins)].join(" and ");
}
