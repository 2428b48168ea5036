import { createHash } from "node:crypto";
import type { Delays, Outages } from "./scenario.ts";

/** Numbers from 0 to 1 that the seed determines. */
export type Chance = () => number;

export function chanceFrom(seed: number): Chance {
  let drawn = 0;
  return () => {
    drawn += 1;
    const hash = createHash("sha256")
      .update(`${String(seed)}/${String(drawn)}`)
      .digest();
    return hash.readUInt32BE(0) / 2 ** 32;
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

/** When there are outages, in a time from `start` on: one at least, where any are asked for. */
export function outagesIn(
  { aMonth, seconds }: Outages,
  { start, days }: { readonly start: Date; readonly days: number },
  chance: Chance,
): readonly Span[] {
  const share = (aMonth * days) / 30;
  const length = share > 0 ? Math.max(1, Math.round(share)) : 0;
  return Array.from({ length }, () => {
    const from = new Date(start.getTime() + chance() * days * 86_400_000);
    return { from, until: new Date(from.getTime() + seconds * 1_000) };
  });
}
