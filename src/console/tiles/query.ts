import { isTileState } from "../../page/state.ts";
import type { TileState } from "../../page/state.ts";
import type { Card } from "./card.ts";

/** What somebody wants to see. */
export interface Query {
  /** As it was typed. */
  readonly text: string;
  readonly state: TileState | undefined;
  /** By its name. */
  readonly provider: string | undefined;
}

const LONGEST_TEXT = 200;

/** From the address; what is none of ours asks for nothing. */
export function readQuery(parameter: (name: string) => string | undefined): Query {
  const state = parameter("state") ?? "";
  const provider = parameter("provider") ?? "";
  return {
    text: (parameter("q") ?? "").slice(0, LONGEST_TEXT).trim(),
    state: isTileState(state) ? state : undefined,
    provider: provider === "" ? undefined : provider,
  };
}

export function isEverything({ text, state, provider }: Query): boolean {
  return text === "" && state === undefined && provider === undefined;
}

/** Whether a card has each word, the state and the provider. The page's script does the same: see `browser/filter.ts`. */
export function matches(card: Card, { text, state, provider }: Query): boolean {
  return (
    text
      .toLowerCase()
      .split(/\s+/)
      .every((word) => card.find.includes(word)) &&
    (state === undefined || card.state === state) &&
    (provider === undefined || card.provider === provider)
  );
}
