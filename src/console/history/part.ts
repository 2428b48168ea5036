import type { Lifetime } from "./lifetime.ts";
import type { Stretch } from "./scale.ts";

/** What a picture shows of one lifetime. */
export interface Part {
  readonly lifetime: Lifetime;
  /** Whether the token came within the picture. */
  readonly came: "within" | "before";
  /** What was left at its first moment there; 0 where that is not known. */
  readonly leftSeconds: number;
  /** undefined: it had expired before, or its end is not known. */
  readonly living: Stretch | undefined;
  /** From its end until another came; undefined: it never lacked one. */
  readonly expired: Stretch | undefined;
}

/** A lifetime as far as it lies in a stretch of time; none where it does not. */
export function partsOf(lifetime: Lifetime, window: Stretch): readonly Part[] {
  const { from, until, leftAt } = lifetime;
  const own = { from: later(from, window.from), to: earlier(leftAt ?? window.to, window.to) };
  if (own.to < own.from) return [];
  const came = from >= window.from ? "within" : "before";
  if (until === undefined) return [{ lifetime, came, leftSeconds: 0, living: undefined, expired: undefined }];
  const living = { from: own.from, to: earlier(until, own.to) };
  const expired = { from: later(until, own.from), to: own.to };
  return [
    {
      ...{ lifetime, came },
      leftSeconds: Math.max(0, secondsIn({ from: own.from, to: until })),
      living: living.from <= living.to ? living : undefined,
      expired: expired.from < expired.to ? expired : undefined,
    },
  ];
}

/** How long a stretch of time is. */
export function secondsIn({ from, to }: Stretch): number {
  return (to.getTime() - from.getTime()) / 1_000;
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}
