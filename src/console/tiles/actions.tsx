import { Badge } from "../../page/badge.tsx";
import { MarkedText } from "../../page/marked-text.tsx";
import type { Tile } from "../../page/tile.ts";
import { actWords, DOING } from "../act-words.ts";
import type { Operation } from "../operation.ts";

/** What the credential asks for, as links to the pages that do it, and the same for a terminal. */
export function TileActions({ tile }: { readonly tile: Tile }) {
  const { name, next, hitch } = tile;
  if (next.length === 0 && hitch === undefined) return null;
  return (
    <>
      {hitch === undefined ? null : <p class="tile-warned">{hitch.words}</p>}
      <p class="actions">
        {hitch === undefined ? null : (
          <a class="button main" href={hitch.way.href}>
            {hitch.way.label}
            <span class="for-readers"> for {name}</span>
          </a>
        )}
        {next.map((each, index) => (
          <a
            class={index === 0 && isUrgent(tile) ? "button main" : "button"}
            href={`/credentials/${name}/${each}`}
          >
            {actWords(each, tile.generation)}
            <span class="for-readers"> {name}</span>
          </a>
        ))}
      </p>
      <InTerminal tile={tile} />
    </>
  );
}

/** The same for a terminal, for whoever wants it. */
export function InTerminal({ tile: { name, hint } }: { readonly tile: Tile }) {
  if (hint === undefined) return null;
  return (
    <details class="tile-hint">
      <summary>
        In a terminal<span class="for-readers"> {name}</span>
      </summary>
      <p>
        <MarkedText text={hint} />
      </p>
    </details>
  );
}

/** Whether it is for a person to do, and not for the next run. */
function isUrgent({ state, renewal }: Tile): boolean {
  if (state === "due") return renewal !== "unattended";
  return state !== "fresh" && state !== "busy";
}

/** What this console is doing for a credential. */
export function Running({ operation, name }: { readonly operation: Operation; readonly name: string }) {
  const line = operation.said.at(-1)?.line;
  if (operation.invitation !== undefined) return <YourTurn name={name} />;
  return (
    <>
      <p>{line ?? DOING[operation.kind]}</p>
      <p class="actions">
        <a class="button" href={`/operations/${operation.id}`}>
          Watch
          <span class="for-readers">{` what is done for ${name}`}</span>
        </a>
      </p>
    </>
  );
}

function YourTurn({ name }: { readonly name: string }) {
  return (
    <>
      <p>
        <Badge tone="warning">your turn</Badge> It waits for your consent.
      </p>
      <p class="actions">
        <a class="button main" href={`/credentials/${name}/authorize`}>
          Go on
          <span class="for-readers">{` with authorizing ${name}`}</span>
        </a>
      </p>
    </>
  );
}
