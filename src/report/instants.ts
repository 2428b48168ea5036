import { formatDuration } from "../duration.ts";

/** An instant as people read it: UTC, to the minute. */
export function minuteUtc(instant: Date | undefined): string {
  return instant === undefined ? "-" : instant.toISOString().slice(0, 16).replace("T", " ");
}

/** How long until an instant, or since when: `in 29d 23h`, `2h ago`. */
export function relative(instant: Date | undefined, now: Date): string {
  if (instant === undefined) return "-";
  const seconds = (instant.getTime() - now.getTime()) / 1_000;
  return seconds >= 0 ? `in ${formatDuration(seconds)}` : `${formatDuration(-seconds)} ago`;
}
