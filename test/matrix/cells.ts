import type { Cell } from "./expectation.ts";
import { MISFORTUNES, NOTHING } from "./misfortunes.ts";
import type { Misfortune } from "./misfortunes.ts";
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
 * Each death with nothing else, and each misfortune without a death, where the runner's disk saves nothing. Then, where
 * nothing but the disk can, one misfortune of each kind: the others of its kind make no difference by then.
 */
export const SAMPLE: readonly Cell[] = WHOLE.filter(({ moment, misfortune, disk }) =>
  disk === "lost"
    ? misfortune === NOTHING || moment === LIVES
    : (moment === BEFORE_THE_STORE && misfortune.answer === "arrives" && isFirstOfItsKind(misfortune)) ||
      (moment === LIVES && misfortune.refuses.join() === "store,journal"),
);

/** In what the rule of expectation.ts looks at. */
function isFirstOfItsKind(misfortune: Misfortune): boolean {
  const kindOf = ({ answer, refuses }: Misfortune) => [answer, ...refuses].join();
  return misfortune === MISFORTUNES.find((other) => kindOf(other) === kindOf(misfortune));
}

export function describeCell({ moment, misfortune, disk }: Cell): string {
  return `${moment.name} · ${misfortune.name} · disk ${disk}`;
}
