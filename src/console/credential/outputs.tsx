import { WritingText } from "../../page/tile-outputs.tsx";
import type { Tile } from "../../page/tile.ts";

/** The secrets that pipelines read, and when each was last written. */
export function Outputs({ outputs, now }: Pick<Tile, "outputs"> & { readonly now: Date }) {
  return (
    <ul class="written">
      {outputs.map(({ secretName, field, store, writing }) => (
        <li>
          <code>{secretName}</code>
          {`, the ${field.replaceAll("_", " ")}, in ${store}: `}
          <WritingText writing={writing} now={now} />
        </li>
      ))}
    </ul>
  );
}
