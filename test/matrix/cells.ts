import type { Cell } from "./expectation.ts";
import { MISFORTUNES, NOTHING } from "./misfortunes.ts";
import { BEFORE_THE_STORE, LIVES, MOMENTS } from "./moments.ts";

const DISKS = ["uploaded", "lost"] as const;

/** Each moment with each misfortune with each end of the runner. */
export const WHOLE: readonly Cell[] = MOMENTS.flatMap((moment) =>
  MISFORTUNES.flatMap((misfortune) => DISKS.map((disk) => ({ moment, misfortune, disk }))),
);

/**
 * Each death with nothing else, and each misfortune without a death, where the runner's disk saves nothing; and each
 * misfortune where nothing but the disk can.
 */
export const SAMPLE: readonly Cell[] = WHOLE.filter(({ moment, misfortune, disk }) =>
  disk === "lost"
    ? misfortune === NOTHING || moment === LIVES
    : moment === BEFORE_THE_STORE || (moment === LIVES && misfortune.refuses.length > 1),
);

export function describeCell({ moment, misfortune, disk }: Cell): string {
  return `${moment.name} · ${misfortune.name} · disk ${disk}`;
}
