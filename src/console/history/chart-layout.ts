import { formatDuration } from "../../duration.ts";
import type { Lifetime } from "./lifetime.ts";
import { partsOf, secondsIn } from "./part.ts";
import type { Part } from "./part.ts";
import { midnights, roundHeights } from "./scale.ts";
import type { Stretch } from "./scale.ts";

/** How large a picture is, in units of its own, and how many days its dates are apart. */
export interface Format {
  readonly width: number;
  readonly height: number;
  readonly daysApart: number;
}

/** Room for words at the picture's edges. */
export const EDGE = { left: 52, right: 12, top: 14, bottom: 26 } as const;
/** A date in the middle of its place needs so much on both sides. */
const HALF_A_DATE = 22;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Tooth {
  readonly from: Point;
  readonly to: Point;
  /** How high the line stood when the token came; undefined: it came before the picture begins. */
  readonly risesFrom: number | undefined;
}

export interface Chart {
  readonly format: Format;
  /** What was left on each token, from its first moment in the picture to its last. */
  readonly teeth: readonly Tooth[];
  /** Where a token came. */
  readonly marks: readonly (Point & Pick<Lifetime, "how" | "generation">)[];
  /** While a token had expired and no other was there. */
  readonly gaps: readonly { readonly x: number; readonly width: number }[];
  /** Where so little is left that a refresh is due; undefined: not known. */
  readonly marginY: number | undefined;
  readonly dates: readonly { readonly x: number; readonly label: string }[];
  /** The lowest first, which is that of nothing left. */
  readonly heights: readonly { readonly y: number; readonly label: string }[];
}

/** What is to be drawn. */
export interface Drawn {
  readonly lifetimes: readonly Lifetime[];
  readonly window: Stretch;
  /** Where not the whole window could be read: since when the lifetimes are all that there were. */
  readonly knownFrom: Date | undefined;
  readonly marginSeconds: number | undefined;
}

interface Axes {
  readonly x: (at: Date) => number;
  readonly y: (seconds: number) => number;
}

/** Places what was left on access tokens in a picture: time to the right, seconds left upwards. Pure. */
export function layOut({ lifetimes, window, marginSeconds }: Drawn, format: Format): Chart {
  const parts = lifetimes.flatMap((lifetime) => partsOf(lifetime, window));
  const heights = roundHeights(Math.max(marginSeconds ?? 0, ...parts.map(({ leftSeconds }) => leftSeconds)));
  const axes = axesOf(window, heights.at(-1) ?? 1, format);
  return {
    format,
    teeth: teethOf(parts, axes),
    marks: parts.flatMap((part) => markOf(part, axes)),
    gaps: parts.flatMap(({ expired }) => (expired === undefined ? [] : [gapOf(expired, axes)])),
    marginY: marginSeconds === undefined ? undefined : axes.y(marginSeconds),
    dates: midnights(window, format.daysApart)
      .map((at) => ({ x: axes.x(at), label: at.toUTCString().slice(5, 11) }))
      .filter(({ x }) => x <= format.width - HALF_A_DATE),
    heights: heights.map((seconds) => ({
      y: axes.y(seconds),
      label: seconds === 0 ? "0" : formatDuration(seconds),
    })),
  };
}

function axesOf(window: Stretch, topSeconds: number, { width, height }: Format): Axes {
  const across = (width - EDGE.left - EDGE.right) / Math.max(1, secondsIn(window));
  const up = (height - EDGE.top - EDGE.bottom) / topSeconds;
  return {
    x: (at) => rounded(EDGE.left + secondsIn({ from: window.from, to: at }) * across),
    y: (seconds) => rounded(height - EDGE.bottom - seconds * up),
  };
}

function teethOf(parts: readonly Part[], { x, y }: Axes): readonly Tooth[] {
  const teeth: Tooth[] = [];
  for (const { living, leftSeconds, came } of parts) {
    if (living === undefined) continue;
    const [from, end] = [{ x: x(living.from), y: y(leftSeconds) }, leftSeconds - secondsIn(living)];
    const last = teeth.at(-1)?.to;
    const stood = last?.x === from.x ? last.y : y(0);
    const to = { x: x(living.to), y: y(end) };
    teeth.push({ from, to, risesFrom: came === "within" ? stood : undefined });
  }
  return teeth;
}

function markOf({ lifetime, came, leftSeconds }: Part, { x, y }: Axes): Chart["marks"] {
  const { how, generation, from } = lifetime;
  return came === "within" ? [{ x: x(from), y: y(leftSeconds), how, generation }] : [];
}

function gapOf({ from, to }: Stretch, { x }: Axes): Chart["gaps"][number] {
  // However short, it is seen.
  return { x: x(from), width: Math.max(1, rounded(x(to) - x(from))) };
}

function rounded(units: number): number {
  return Math.round(units * 10) / 10;
}
