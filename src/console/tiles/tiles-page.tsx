import { STATES } from "../../page/state.ts";
import { TileCard } from "../../page/tile-card.tsx";
import { ErrorNotice } from "../error-notice.tsx";
import { Running, TileActions } from "./actions.tsx";
import type { Board, Trouble } from "./board.ts";
import type { Card } from "./card.ts";
import { FaultyCard } from "./faulty-card.tsx";
import { isEverything, matches } from "./query.ts";
import type { Query } from "./query.ts";
import { Tally, Tools } from "./tools.tsx";

/** So many need no search. */
const FEW = 6;

/** Every credential; those that are not asked for are there as well, and hidden. */
export function TilesPage({
  board: { cards, trouble },
  query,
  now,
}: {
  readonly board: Board;
  readonly query: Query;
  readonly now: Date;
}) {
  const shown = new Set(cards.filter((card) => matches(card, query)));
  return (
    <>
      <div class="tiles-top">
        <Tally cards={cards} />
        <a class="button main" href="/add" data-overlay>
          Add a credential
        </a>
      </div>
      <TroubleNotice trouble={trouble} />
      {cards.length < FEW && isEverything(query) ? null : <Tools cards={cards} query={query} />}
      <ul class="tiles" id="tiles" data-live>
        {cards.map((card) => (
          <Place card={card} now={now} sight={shown.has(card) ? "shown" : "hidden"} />
        ))}
      </ul>
      <p id="none" hidden={shown.size > 0}>
        No credential is like that.
      </p>
    </>
  );
}

function TroubleNotice({ trouble }: { readonly trouble: Trouble | undefined }) {
  return (
    <div id="trouble" data-live>
      {trouble === undefined ? null : <ErrorNotice error={trouble} />}
    </div>
  );
}

interface PlaceProps {
  readonly card: Card;
  readonly now: Date;
  readonly sight: "shown" | "hidden";
}

/** What the page's script goes by is in its `data-` attributes. */
function Place({ card, now, sight }: PlaceProps) {
  const { word, tone } = STATES[card.state];
  const isHeld = card.kind === "credential" && card.tile.hitch !== undefined && tone === "good";
  return (
    <li
      class={`card tile tile-${isHeld ? "warning" : tone}`}
      id={card.id}
      data-find={card.find}
      data-state={card.state}
      data-provider={card.provider}
      data-tell={`${card.name}: ${word}`}
      hidden={sight === "hidden"}
    >
      <CardBody card={card} now={now} />
    </li>
  );
}

function CardBody({ card, now }: { readonly card: Card; readonly now: Date }) {
  if (card.kind === "faulty") return <FaultyCard card={card} />;
  const { tile, running, name } = card;
  return (
    <TileCard tile={tile} now={now} heading={<a href={`/credentials/${name}`}>{name}</a>}>
      {running === undefined ? <TileActions tile={tile} /> : <Running operation={running} name={name} />}
    </TileCard>
  );
}
