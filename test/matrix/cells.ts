import type { Cell } from "./expectation.ts";
import { MISFORTUNES, NOTHING } from "./misfortunes.ts";
import { BEFORE_THE_STORE, LIVES, MOMENTS } from "./moments.ts";
import type { Moment } from "./moments.ts";

/** Each moment with each misfortune and, where an answer may have been kept on it, with each end of the runner's disk. */
export const WHOLE: readonly Cell[] = MOMENTS.flatMap((moment) =>
  MISFORTUNES.flatMap((misfortune) => disksAt(moment).map((disk) => ({ moment, misfortune, disk }))),
);

function disksAt(moment: Moment): readonly Cell["disk"][] {
  return moment.kind === "lives" || moment.step > 5 ? ["uploaded", "lost"] : ["lost"];
}

/**
 * Each death with nothing else, and each misfortune without a death, where the runner's disk saves nothing; and each
 * misfortune where nothing but the disk can.
 */
export const SAMPLE: readonly Cell[] = WHOLE.filter(({ moment, misfortune, disk }) =>
  disk === "lost"
    ? misfortune === NOTHING || moment === LIVES
    : (moment === BEFORE_THE_STORE && misfortune.answer === "arrives") ||
      (moment === LIVES && misfortune.refuses.length > 1),
);

export function describeCell({ moment, misfortune, disk }: Cell): string {
  return `${moment.name} · ${misfortune.name} · disk ${disk}`;
}
