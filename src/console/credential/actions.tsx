import type { Tile } from "../../page/tile.ts";
import { actWords } from "../act-words.ts";
import type { Act } from "./acts.ts";

/** The acts as links to the pages that do them, the first one prominent where the state asks for it. */
export function Actions({ tile, acts }: { readonly tile: Tile; readonly acts: readonly Act[] }) {
  const [asked] = tile.next;
  return (
    <p class="actions">
      {acts.map((act) => (
        <a class={act === asked ? "button main" : "button"} href={`/credentials/${tile.name}/${act}`}>
          {actWords(act, tile.generation)}
        </a>
      ))}
    </p>
  );
}
