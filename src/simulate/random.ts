import type { Delays, Outages } from "./scenario.ts";

/** Numbers from 0 to 1 that the seed determines (mulberry32). */
export type Chance = () => number;

/** @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c (public domain) */
export function chanceFrom(seed: number): Chance {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** By how many seconds a scheduled run starts late; undefined: it never does. */
export function delaySeconds({ dropped, ...delays }: Delays, chance: Chance): number | undefined {
  if (chance() < dropped) return undefined;
  const share = chance();
  const { medianSeconds: median, highSeconds: high, longestSeconds: longest } = delays;
  if (share < 0.5) return median * share * 2;
  return share < 0.95
    ? between(median, high, (share - 0.5) / 0.45)
    : between(high, longest, (share - 0.95) / 0.05);
}

function between(from: number, to: number, share: number): number {
  return from === 0 ? to * share : from * (to / from) ** share;
}

export interface Span {
  readonly from: Date;
  readonly until: Date;
}

/** When there are outages, in a time from `start` on. */
export function outagesIn(
  { aMonth, seconds }: Outages,
  { start, days }: { readonly start: Date; readonly days: number },
  chance: Chance,
): readonly Span[] {
  return Array.from({ length: Math.round((aMonth * days) / 30) }, () => {
    const from = new Date(start.getTime() + chance() * days * 86_400_000);
    return { from, until: new Date(from.getTime() + seconds * 1_000) };
  });
}
