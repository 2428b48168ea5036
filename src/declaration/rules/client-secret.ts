import { secretRecipients } from "../../providers/recipients.ts";
import type { Draft } from "../draft.ts";
import type { LocatedFinding } from "../fault.ts";
import { quote } from "../quote.ts";

/** A client secret's name that is sent to other origins by one file than by another, so that one would get the other's secret. */
export function originFindings(
  drafts: readonly Draft[],
): readonly (LocatedFinding & { readonly draft: Draft })[] {
  const owners = new Map<string, { readonly origin: string; readonly file: string }>();
  return drafts.flatMap((draft) => {
    const name = draft.loose.client?.secret;
    const origin = originsOf(draft);
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

/** Of all that gets the client secret, at every generation of the provider. */
function originsOf({ provider }: Draft): string | undefined {
  if (provider === undefined) return undefined;
  const origins = secretRecipients(provider).map((address) => new URL(address).origin);
  return origins.length === 0 ? undefined : [...new Set(origins)].sort().join(" and ");
}
