import type { JournalEntry } from "../../journal/entry.ts";
import type { Credential } from "../../declaration/credential.ts";
import type { Next } from "../../page/next.ts";
import { canRefresh } from "../../protocol/renewal.ts";
import type { Tile } from "../../page/tile.ts";

/** What a person may do for a credential, each on a page of its own. */
export type Act = Next | "revoke" | "remove";

interface Asked {
  readonly tile: Tile;
  readonly entry: JournalEntry | undefined;
  readonly credential: Pick<Credential, "grant" | "provider">;
}

/** What makes sense in its state; what it asks for comes first, and what ends it late. */
export function actsFor({ tile, entry, credential }: Asked): readonly Act[] {
  const { state, next } = tile;
  const hasGrant = tile.generation !== undefined && tile.generation > 0 && state !== "revoked";
  const others: readonly (readonly [act: Act, isSensible: boolean])[] = [
    ["refresh", hasGrant && isWorking(state) && canRefresh(credential)],
    ["recover", entry?.intent !== undefined],
    ["authorize", state !== "unknown"],
    ["revoke", hasGrant],
    ["edit", true],
    ["remove", true],
  ];
  const sensible = others.filter(([, isSensible]) => isSensible).map(([act]) => act);
  return [...new Set([...next, ...sensible])];
}

function isWorking(state: Tile["state"]): boolean {
  return state === "fresh" || state === "due" || state === "expired" || state === "busy";
}
