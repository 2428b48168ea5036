import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sealring } from "./contestants.mjs";
import { once } from "./measure.mjs";
import { authorizeAll, environment, startSandbox } from "./sandbox-process.mjs";

const LATENCY_MILLISECONDS = 50;

/** GitHub's documented limit on what one token asks for in a minute. */
const POINTS_A_MINUTE = 900;

/**
 * `refresh` of many credentials, with the same latency on every request, against its critical path: the refresh of one,
 * which makes the same requests one after another, and the minutes for which GitHub's limits make anybody wait who asks
 * for as much. Counts from the smallest to the largest.
 */
export async function measureRefresh(counts) {
  const folder = await mkdtemp(join(tmpdir(), "sealring-bench-"));
  const sandbox = await startSandbox(folder);
  try {
    const names = await authorizeAll(sandbox, folder, counts.at(-1));
    const one = await timed(sandbox, folder, names.slice(0, 1));
    const rows = [];
    for (const count of counts) {
      const { milliseconds, points } = await timed(sandbox, folder, names.slice(0, count));
      const waits = Math.ceil(points / POINTS_A_MINUTE) - 1;
      rows.push(row({ count, points }, milliseconds, one.milliseconds + waits * 60_000));
    }
    return rows;
  } finally {
    sandbox.child.disconnect();
    await rm(folder, { recursive: true });
  }
}

function row({ count, points }, milliseconds, base) {
  return {
    what: `refresh of ${count}, ${LATENCY_MILLISECONDS} ms of latency on every request, ${points} points of GitHub's limits`,
    contestant: { name: "sealring refresh --force" },
    time: milliseconds,
    against: { name: "critical path" },
    base,
    goal: 1.3,
  };
}

async function timed(sandbox, folder, names) {
  const secrets = await sandbox.ask({ kind: "secrets" });
  const token = await sandbox.ask({ kind: "measure", latencyMilliseconds: LATENCY_MILLISECONDS });
  const env = { ...environment(sandbox, folder), ...secrets, SEALRING_GITHUB_TOKEN: token };
  const { milliseconds } = await once({
    ...sealring(["refresh", "--force", "--json", ...names], folder),
    env,
  });
  return { milliseconds, points: pointsOf(await sandbox.ask({ kind: "counts" })) };
}

/** Reading costs one point, writing five. */
function pointsOf({ GET: reads = 0, ...writes }) {
  return reads + 5 * Object.values(writes).reduce((sum, count) => sum + count, 0);
}
