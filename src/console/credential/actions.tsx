import type { Tile } from "../../page/tile.ts";
import type { Act } from "./acts.ts";

/** The acts as links to the pages that do them, the first one prominent where the state asks for it. */
export function Actions({ tile, acts }: { readonly tile: Tile; readonly acts: readonly Act[] }) {
  const [asked] = tile.next;
  return (
    <p class="actions">
      {acts.map((act) => (
        <a class={act === asked ? "button main" : "button"} href={`/credentials/${tile.name}/${act}`}>
          {WORDS[act](tile)}
        </a>
      ))}
    </p>
  );
}

const WORDS: Readonly<Record<Act, (tile: Tile) => string>> = {
  authorize: ({ generation }) => (generation === 0 ? "Authorize" : "Authorize again"),
  refresh: () => "Refresh now",
  probe: () => "Try the old token",
  recover: () => "Recover",
  revoke: () => "Revoke",
  edit: () => "Edit",
};
