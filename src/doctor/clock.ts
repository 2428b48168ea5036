import { formatDuration } from "../duration.ts";
import type { Finding } from "./finding.ts";

const WARN_SECONDS = 60;
const FAIL_SECONDS = 5 * 60;

/** When a question was sent, when its answer was there, and what GitHub's clock said in between. */
export interface ClockReading {
  readonly asked: Date;
  readonly answered: Date;
  readonly serverTime: Date;
}

/** How far this machine's clock is from GitHub's. The deadlines of the journal are compared over both. */
export function judgeClock(reading: ClockReading): Finding {
  const about = "clock";
  const skew = skewSeconds(reading);
  const seconds = Math.abs(skew);
  if (seconds <= WARN_SECONDS) return { kind: "ok", about, found: "agrees with GitHub's within a minute" };
  return {
    kind: seconds > FAIL_SECONDS ? "failure" : "warning",
    about,
    found: `is ${formatDuration(seconds)} ${skew > 0 ? "behind" : "ahead of"} GitHub's`,
    fix: "set it by network time: sudo timedatectl set-ntp true, or in the system's settings for date and time",
  };
}

/** Seconds by which GitHub's clock is ahead; 0 where the time that the answer took may explain it. */
function skewSeconds({ asked, answered, serverTime }: ClockReading): number {
  const [from, at, to] = [asked, serverTime, answered].map((instant) => instant.getTime() / 1_000);
  if (from === undefined || at === undefined || to === undefined) return 0;
  return at > to ? at - to : Math.min(0, at - from);
}
