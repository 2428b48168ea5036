import type { Health } from "../commands/health.ts";
import type { Tone } from "./tone.ts";

/**
 * A credential at a glance: `due` is a fresh one that the next run renews; `unknown`, that GitHub could not be asked;
 * `faulty`, that its file is.
 */
export type TileState = Health | "due" | "unknown" | "faulty";

export interface StateWords {
  /** On the badge. */
  readonly word: string;
  /** After a number of them: "2 need a person". */
  readonly one: string;
  readonly many: string;
  readonly tone: Tone;
}

/** In the order in which people want to see them: those that need somebody first. */
export const STATES: Readonly<Record<TileState, StateWords>> = {
  faulty: { word: "faulty file", one: "has a faulty file", many: "have faulty files", tone: "bad" },
  needs_person: { word: "needs a person", one: "needs a person", many: "need a person", tone: "bad" },
  expired: { word: "expired", one: "has expired", many: "have expired", tone: "bad" },
  ambiguous: {
    ...{ word: "answer lost", one: "waits for a lost answer", many: "wait for a lost answer" },
    tone: "warning",
  },
  never_authorized: {
    ...{ word: "never authorized", one: "was never authorized", many: "were never authorized" },
    tone: "idle",
  },
  busy: { word: "busy", one: "is busy", many: "are busy", tone: "busy" },
  due: { word: "due", one: "is due", many: "are due", tone: "idle" },
  unknown: { word: "not known", one: "is not known", many: "are not known", tone: "idle" },
  fresh: { word: "fresh", one: "is fresh", many: "are fresh", tone: "good" },
  revoked: { word: "revoked", one: "is revoked", many: "are revoked", tone: "idle" },
};

/** Every state, in that order. */
export const STATE_ORDER = Object.keys(STATES) as readonly TileState[];

export function isTileState(text: string): text is TileState {
  return Object.hasOwn(STATES, text);
}
