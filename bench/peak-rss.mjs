import { writeSync } from "node:fs";

// Loaded into a measured process: says at its end, on file descriptor 3, how much memory it held at most (in KB).
process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));
