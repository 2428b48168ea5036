import type { Draft } from "../draft.ts";
import type { LocatedFinding } from "../fault.ts";
import { quote } from "../quote.ts";

/** A name that stands, in one store, for the secrets of two clients: the later one's would be sealed over the first's. */
export function ownerFindings(
  drafts: readonly Draft[],
): readonly (LocatedFinding & { readonly draft: Draft })[] {
  const owners = new Map<string, { readonly id: string; readonly file: string }>();
  return drafts.flatMap((draft) => {
    const { id, secret } = draft.loose.client ?? {};
    if (id === undefined || secret === undefined) return [];
    const key = JSON.stringify([draft.environment, secret]);
    const owner = owners.get(key) ?? { id, file: draft.source.file };
    owners.set(key, owner);
    if (owner.id === id) return [];
    const message = `${quote(secret)} is the secret of another client, by ${owner.file}`;
    const hint = "give each client's secret a name of its own";
    return [
      {
        draft,
        rule: "client-secret-owner",
        message,
        hint,
        path: ["client", "secret"],
        part: "value",
      } as const,
    ];
  });
}
