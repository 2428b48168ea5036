const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400];
const STEPS_SECONDS = [
  ...[MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE],
  ...[HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR],
  ...[DAY, 2 * DAY, 5 * DAY, 10 * DAY, 20 * DAY, 30 * DAY, 60 * DAY, 120 * DAY],
];
const YEAR_SECONDS = 365 * DAY;
const MOST_STEPS = 4;

/** The heights at which an axis from nothing to so many seconds is marked, in round steps; the last one is the top. */
export function roundHeights(seconds: number): readonly number[] {
  const years = YEAR_SECONDS * Math.max(1, Math.ceil(seconds / YEAR_SECONDS / MOST_STEPS));
  const step = STEPS_SECONDS.find((each) => seconds <= each * MOST_STEPS) ?? years;
  const count = Math.max(1, Math.ceil(seconds / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

const DAY_MILLISECONDS = DAY * 1_000;

/** Midnights (UTC) within a stretch of time, every so many days, the first one of them included. */
export function midnights({ from, to }: Stretch, everyDays: number): readonly Date[] {
  const first = Math.ceil(from.getTime() / DAY_MILLISECONDS) * DAY_MILLISECONDS;
  const found: Date[] = [];
  for (let at = first; at <= to.getTime(); at += everyDays * DAY_MILLISECONDS) found.push(new Date(at));
  return found;
}

/** From one instant to a later one. */
export interface Stretch {
  readonly from: Date;
  readonly to: Date;
}
