import { spawn } from "node:child_process";

const PEAK = new URL("peak-rss.mjs", import.meta.url).href;

/**
 * Runs contestants in turn, A B A B, so that whatever else the machine does meets all of them alike, and gives each
 * one's median of whole-process wall time in milliseconds. The first round warms caches up and is not counted.
 */
export async function race(contestants, rounds) {
  const times = contestants.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, contestant] of contestants.entries()) {
      const { milliseconds } = await once(contestant);
      if (round > 0) times[index].push(milliseconds);
    }
  }
  return times.map(median);
}

/** The peak of resident memory in MB of a Node process that runs a contestant, in a run of its own. */
export async function peakMegabytes(contestant) {
  const [node, ...args] = contestant.argv;
  const { report } = await once({ ...contestant, argv: [node, `--import=${PEAK}`, ...args] });
  return Number(report) / 1024;
}

/** Runs a contestant once: `{ argv, cwd, env, exits }`, where `exits` lists the exit codes that count as done (default 0). */
export function once({ argv, cwd, env, exits = [0] }) {
  const [program, ...args] = argv;
  return new Promise((resolve, reject) => {
    const began = process.hrtime.bigint();
    const child = spawn(program, args, {
      cwd,
      env: env ?? process.env,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    const heard = child.stdio.slice(1).map(collect);
    child.on("error", reject);
    child.on("close", (code) => {
      const milliseconds = Number(process.hrtime.bigint() - began) / 1e6;
      const [stdout, stderr, report] = heard.map((chunks) => Buffer.concat(chunks).toString());
      if (exits.includes(code)) resolve({ milliseconds, stdout, report });
      else reject(new Error(`${argv.join(" ")} ended with ${code}:\n${(stderr || stdout).slice(0, 2_000)}`));
    });
  });
}

function collect(stream) {
  const chunks = [];
  stream.on("data", (bytes) => chunks.push(bytes));
  return chunks;
}

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}
