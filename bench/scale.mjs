import { fork } from "node:child_process";
import { once as heard } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "../scripts/bundle.mjs";
import { sealring } from "./contestants.mjs";
import { once, peakMegabytes } from "./measure.mjs";

/** GitHub's primary limit, of one token. */
const REQUESTS_AN_HOUR = 5_000;

/**
 * Credentials by the thousand, all due at once: the whole of their refresh in virtual time, and the memory of one job, which
 * is one process of the real command line. Gives rows for docs/performance.md.
 */
export async function measureScale(count) {
  const folder = await mkdtemp(join(tmpdir(), "sealring-scale-"));
  try {
    await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    return [...(await played(folder, count)), await memory(folder, count)];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function played(folder, count) {
  const program = await bundled(folder, "play");
  const { stdout, milliseconds } = await once({ argv: [process.execPath, program, String(count)] });
  const figures = JSON.parse(stdout);
  if (figures.left > 0 || figures.refreshes !== count || figures.reused > 0)
    throw new Error(`not every credential was refreshed once: ${stdout}`);
  const { wholeHours, requests, runs, refusals } = figures;
  const what = `refresh of ${count.toLocaleString("en-US")} that are due at once, in hourly runs`;
  const refused = Object.values(refusals).reduce((sum, each) => sum + each, 0);
  // Of fewer than an hour has room for, no hour is whole.
  const used = wholeHours.length === 0 ? [] : [least(what, wholeHours)];
  return [
    ...used,
    {
      what: `${what}: refused by a limit`,
      command: "`sealring refresh`",
      value: `${refused}`,
      goal: "0",
      met: refused === 0,
    },
    {
      what: `${what}: requests for each, in ${runs} runs`,
      command: `\`node bench/scale.mjs\` (${(milliseconds / 60_000).toFixed(1)} min)`,
      value: (requests / count).toFixed(2),
    },
  ];
}

/** The write budget is the primary limit: the one that binds. */
function least(what, hours) {
  const share = Math.min(...hours) / REQUESTS_AN_HOUR;
  return {
    what: `${what}: used of an hour's 5,000 requests while there is work, the least of ${hours.length}`,
    command: "`sealring refresh`",
    value: `${(share * 100).toFixed(1)}%`,
    goal: "≥ 90%",
    met: share >= 0.9,
  };
}

async function memory(folder, count) {
  const checkout = join(folder, "checkout");
  await mkdir(checkout);
  const server = fork(await bundled(folder, "serve"), [String(count), checkout]);
  try {
    const [{ environment, due, apiUrl, token, secrets }] = await heard(server, "message");
    const runner = {
      GITHUB_API_URL: apiUrl,
      SEALRING_GITHUB_TOKEN: token,
      XDG_STATE_HOME: join(folder, "state"),
    };
    const command = sealring(["refresh", "--environment", environment, "--json"], checkout);
    const megabytes = await peakMegabytes({
      ...command,
      env: { PATH: process.env.PATH, ...runner, ...secrets },
    });
    const what = `one job of ${count.toLocaleString("en-US")} credentials, ${due} of its 98 due, peak memory`;
    return { what, contestant: { name: "sealring refresh --environment" }, megabytes, goalMegabytes: 300 };
  } finally {
    server.disconnect();
  }
}

async function bundled(folder, name) {
  const directory = join(folder, name);
  await bundle(fileURLToPath(new URL(`scale/${name}.ts`, import.meta.url)), directory);
  return join(directory, "main.js");
}
