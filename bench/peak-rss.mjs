import { existsSync, readFileSync, writeSync } from "node:fs";

const STATUS = "/proc/self/status";

/**
 * The most that this process has held, in KB. Linux counts to `maxRSS` what the process was before it became this program,
 * which is as large as its parent; the other figure begins with the program.
 */
function peakKilobytes() {
  const own = existsSync(STATUS)
    ? /^VmHWM:\s+([0-9]+) kB$/m.exec(readFileSync(STATUS, "utf8"))?.[1]
    : undefined;
  return own ?? process.resourceUsage().maxRSS;
}

// Loaded into a measured process: says at its end, on file descriptor 3, how much memory it held at most (in KB).
process.on("exit", () => writeSync(3, String(peakKilobytes())));
