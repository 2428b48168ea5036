import { formatDuration } from "../../duration.ts";
import type { Drawn } from "./chart-layout.ts";
import { partsOf, secondsIn } from "./part.ts";

/** What a picture of lifetimes shows, in words. */
export function summaryOf({ lifetimes, window }: Drawn): string {
  const parts = lifetimes.flatMap((lifetime) => partsOf(lifetime, window));
  const came = parts.filter((part) => part.came === "within");
  const count = (how: "authorized" | "refreshed") =>
    came.filter(({ lifetime }) => lifetime.how === how).length;
  const without = parts.reduce(
    (sum, { expired }) => sum + (expired === undefined ? 0 : secondsIn(expired)),
    0,
  );
  const happened = [timesOf(count("authorized"), "authorized"), timesOf(count("refreshed"), "refreshed")];
  return [
    `In the last 30 days it was ${happened.filter((what) => what !== "").join(" and ") || "neither authorized nor refreshed"}.`,
    without > 0
      ? `For ${formatDuration(without)} in all the access token had expired.`
      : "The access token never ran out.",
  ].join(" ");
}

function timesOf(count: number, what: string): string {
  if (count === 0) return "";
  return `${what} ${["", "once", "twice"][count] ?? `${String(count)} times`}`;
}
