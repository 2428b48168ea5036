import { formatDuration } from "../../duration.ts";
import { minuteUtc } from "../../report/instants.ts";
import type { Drawn } from "./chart-layout.ts";
import { partsOf, secondsIn } from "./part.ts";
import type { Part } from "./part.ts";

/** What a picture of lifetimes shows, in words. */
export function summaryOf({ lifetimes, window, knownFrom }: Drawn): string {
  const parts = lifetimes.flatMap((lifetime) => partsOf(lifetime, window));
  const came = parts.filter((part) => part.came === "within");
  const count = (how: "authorized" | "refreshed") =>
    came.filter(({ lifetime }) => lifetime.how === how).length;
  const happened = [timesOf(count("authorized"), "authorized"), timesOf(count("refreshed"), "refreshed")];
  const when = knownFrom === undefined ? "In the last 30 days" : `Since ${minuteUtc(knownFrom)} UTC`;
  return [
    `${when} it was ${happened.filter((what) => what !== "").join(" and ") || "neither authorized nor refreshed"}.`,
    ...endsOf(parts),
  ].join(" ");
}

/** Whether there always was a token; nothing where nobody knows, or where one was ended on purpose. */
function endsOf(parts: readonly Part[]): readonly string[] {
  const without = parts.reduce(
    (sum, { expired }) => sum + (expired === undefined ? 0 : secondsIn(expired)),
    0,
  );
  if (without > 0) return [`For ${formatDuration(without)} in all the access token had expired.`];
  const isKnown = parts.every(({ lifetime: { until, leftAt } }, index) => {
    const next = parts[index + 1]?.lifetime.from;
    return until !== undefined && leftAt?.getTime() === next?.getTime();
  });
  return isKnown ? ["The access token never ran out."] : [];
}

function timesOf(count: number, what: string): string {
  if (count === 0) return "";
  return `${what} ${["", "once", "twice"][count] ?? `${String(count)} times`}`;
}
