import { STATE_ORDER, STATES } from "../../page/state.ts";
import { tally } from "../../page/tally.ts";
import type { Card } from "./card.ts";
import { isEverything, matches } from "./query.ts";
import type { Query } from "./query.ts";

interface Shown {
  readonly cards: readonly Card[];
  readonly query: Query;
}

/** How many there are in each state, each a way to see them alone. */
export function Tally({ cards }: Pick<Shown, "cards">) {
  return (
    <ul class="tally" id="tally" data-live>
      {tally(cards.map(({ state }) => state)).map(({ state, words }) => (
        <li>
          <a href={`/?state=${state}`} class={`tally-${STATES[state].tone}`}>
            {words}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Finds credentials; as one types where there is script. */
export function Tools({ cards, query }: Shown) {
  return (
    <form class="tools" method="get" action="/" role="search" aria-label="Credentials" id="tools">
      <p>
        <label for="q">Find</label>
        <input id="q" name="q" type="search" value={query.text} autocomplete="off" spellcheck={false} />
      </p>
      <p>
        <label for="state">State</label>
        <select id="state" name="state">
          <option value="">any</option>
          {STATE_ORDER.map((state) => (
            <option value={state} selected={state === query.state}>
              {STATES[state].word}
            </option>
          ))}
        </select>
      </p>
      <p>
        <label for="provider">Provider</label>
        <select id="provider" name="provider">
          <option value="">any</option>
          {providersOf(cards).map((provider) => (
            <option selected={provider === query.provider}>{provider}</option>
          ))}
        </select>
      </p>
      <button type="submit">Show</button>
      <Found cards={cards} query={query} />
    </form>
  );
}

/** How many of them are shown; said aloud when it changes. */
function Found({ cards, query }: Shown) {
  const shown = cards.filter((card) => matches(card, query)).length;
  return (
    <p class="found">
      <span id="found" role="status">
        {isEverything(query) ? "" : `${String(shown)} of ${String(cards.length)}`}
      </span>{" "}
      <a href="/" id="all" hidden={isEverything(query)}>
        Show all
      </a>
    </p>
  );
}

function providersOf(cards: readonly Card[]): readonly string[] {
  return [...new Set(cards.flatMap(({ provider }) => provider ?? []))].sort((a, b) => a.localeCompare(b));
}
