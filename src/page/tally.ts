import { STATE_ORDER, STATES } from "./state.ts";
import type { TileState } from "./state.ts";

export interface Count {
  readonly state: TileState;
  readonly count: number;
  /** "2 need a person" */
  readonly words: string;
}

/** How many are in each state, those that need somebody first; without the states that none is in. */
export function tally(states: readonly TileState[]): readonly Count[] {
  return STATE_ORDER.flatMap((state) => {
    const count = states.filter((each) => each === state).length;
    const { one, many } = STATES[state];
    return count === 0 ? [] : [{ state, count, words: `${String(count)} ${count === 1 ? one : many}` }];
  });
}

/** Orders by state, those that need somebody first, and then by name. */
export function byNeed(
  a: { readonly name: string; readonly state: TileState },
  b: { readonly name: string; readonly state: TileState },
): number {
  const rank = STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state);
  return rank === 0 ? (a.name < b.name ? -1 : 1) : rank;
}
