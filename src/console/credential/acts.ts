import type { JournalEntry } from "../../journal/entry.ts";
import type { Provider } from "../../providers/provider.ts";
import type { Next } from "../../page/next.ts";
import type { Tile } from "../../page/tile.ts";

/** What a person may do for a credential, each on a page of its own. */
export type Act = Next | "revoke";

interface Asked {
  readonly tile: Tile;
  readonly entry: JournalEntry | undefined;
  readonly provider: Pick<Provider, "issuesRefreshToken" | "refresh">;
}

/** What makes sense in its state; what it asks for comes first, and ending it last but one. */
export function actsFor({ tile, entry, provider }: Asked): readonly Act[] {
  const { state, next } = tile;
  const hasGrant = tile.generation !== undefined && tile.generation > 0 && state !== "revoked";
  const others: readonly (readonly [act: Act, isSensible: boolean])[] = [
    ["refresh", hasGrant && isWorking(state) && renews(provider)],
    ["recover", entry?.intent !== undefined],
    ["authorize", state !== "unknown"],
    ["revoke", hasGrant],
    ["edit", true],
  ];
  const sensible = others.filter(([, isSensible]) => isSensible).map(([act]) => act);
  return [...new Set([...next, ...sensible])];
}

function isWorking(state: Tile["state"]): boolean {
  return state === "fresh" || state === "due" || state === "expired" || state === "busy";
}

/** Whether a run can do anything about its end. */
function renews({ issuesRefreshToken, refresh }: Asked["provider"]): boolean {
  return issuesRefreshToken || refresh.presents === "access_token";
}
