import { minutesOf } from "../declaration/rules/schedule.ts";

/** Coprime to both cycles, and about their golden section: whatever the number of files, they lie far apart. */
const STEP = 19;
/** The minutes that are not near the full hour, at which GitHub starts late. */
const QUIET = { from: 6, count: 49 };

/** The schedule of the workflow file with this index: that of the first, at other minutes of the same hours. */
export function spread(schedule: string, index: number): string {
  if (index === 0) return schedule;
  const [, ...others] = schedule.split(" ");
  const minutes = minutesOf(schedule);
  const [only] = minutes;
  const shifted =
    minutes.length === 1 && only !== undefined
      ? [QUIET.from + modulo(only - QUIET.from + STEP * index, QUIET.count)]
      : minutes.map((minute) => modulo(minute + STEP * index, 60)).toSorted((a, b) => a - b);
  return [shifted.join(","), ...others].join(" ");
}

function modulo(value: number, cycle: number): number {
  return ((value % cycle) + cycle) % cycle;
}
