import { createHash } from "node:crypto";
import { raw } from "hono/html";
import { documentHtml } from "./document.tsx";
import { STYLE } from "./generated/style.ts";
import { Instant, Reading } from "./instant.tsx";
import { MarkedText } from "./marked-text.tsx";
import { STATES } from "./state.ts";
import { byNeed, tally } from "./tally.ts";
import { TileCard } from "./tile-card.tsx";
import type { Tile } from "./tile.ts";

export interface StatusPage {
  /** owner/name */
  readonly repository: string;
  readonly tiles: readonly Tile[];
  /** When it was made: what it says is as old as that. */
  readonly at: Date;
}

/** Nothing but its own style: no script, and nothing that is loaded or sent. */
const POLICY =
  `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; ` +
  "base-uri 'none'; form-action 'none'";

/** The status of a repository's credentials as one file to share: self-contained, and without a secret. */
export function statusPageHtml(page: StatusPage): Promise<string> {
  return documentHtml({
    title: `Credentials of ${page.repository}`,
    head: <Head />,
    children: (
      <Reading.Provider value="kept">
        <Whole page={page} />
      </Reading.Provider>
    ),
  });
}

function Head() {
  return (
    <>
      <meta http-equiv="content-security-policy" content={POLICY} />
      <meta name="referrer" content="no-referrer" />
      {/* Our own text, whole: escaped it would be no CSS any more. */}
      <style>{raw(STYLE)}</style>
    </>
  );
}

function Whole({ page: { repository, tiles, at } }: { readonly page: StatusPage }) {
  return (
    <main>
      <h1>{`Credentials of ${repository}`}</h1>
      <p>
        {"As they were at "}
        <Instant at={at} />
        {", by the journal. This page does not change by itself."}
      </p>
      <ul class="tally">
        {tally(tiles.map(({ state }) => state)).map(({ state, words }) => (
          <li class={`tally-${STATES[state].tone}`}>{words}</li>
        ))}
      </ul>
      <ul class="tiles">
        {tiles.toSorted(byNeed).map((tile) => (
          <li class={`card tile tile-${STATES[tile.state].tone}`}>
            <TileCard tile={tile} now={at} heading={tile.name}>
              <WhatToDo tile={tile} />
            </TileCard>
          </li>
        ))}
      </ul>
      {tiles.length === 0 ? <p>No credential is declared.</p> : null}
    </main>
  );
}

/** For whoever gets this in a mail: who it is for, and what they run. */
function WhatToDo({ tile: { owner, hint } }: { readonly tile: Tile }) {
  if (hint === undefined) return null;
  return (
    <p>
      {owner === undefined ? "What to do: " : `What ${owner} has to do: `}
      <MarkedText text={hint} />
    </p>
  );
}
