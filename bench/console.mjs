import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { sealring } from "./contestants.mjs";
import { declareAll, environment, startSandbox } from "./sandbox-process.mjs";

const GOAL_MILLISECONDS = 1_000;
const BROWSER = fileURLToPath(new URL("../test/support/browser.ts", import.meta.url));

/**
 * The console's first page with so many credentials: from the navigation to the first paint of content in Chromium, in a
 * console that has asked GitHub nothing before. Each round has a console of its own.
 */
export async function measureConsole(count, rounds) {
  const folder = await mkdtemp(join(tmpdir(), "sealring-bench-"));
  const sandbox = await startSandbox(folder);
  const { module } = await runnerImport(BROWSER);
  const browser = await module.launchBrowser();
  try {
    await sandbox.ask({ kind: "journal", names: await declareAll(sandbox, folder, count) });
    const paints = [];
    for (let round = 0; round <= rounds; round += 1) {
      const paint = await firstPaint(browser, sandbox, folder, count);
      if (round > 0) paints.push(paint);
    }
    return [row(count, paints.toSorted((a, b) => a - b)[Math.floor(paints.length / 2)])];
  } finally {
    await browser.close();
    sandbox.child.disconnect();
    await rm(folder, { recursive: true });
  }
}

function row(count, milliseconds) {
  return {
    what: `first paint of the console's tiles, ${count} credentials, in Chromium`,
    command: "`sealring console`",
    value: `${milliseconds.toFixed(0)} ms`,
    goal: `< ${GOAL_MILLISECONDS} ms`,
    met: milliseconds < GOAL_MILLISECONDS,
  };
}

async function firstPaint(browser, sandbox, folder, count) {
  const [node, ...args] = sealring(["console", "--no-browser"]).argv;
  const env = environment(sandbox, folder);
  const child = spawn(node, args, { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const link = new URL(await linkOf(child));
    // The way in, which asks GitHub nothing, gives the cookie.
    await context.request.get(link.href, { maxRedirects: 0 });
    await page.goto(link.origin);
    const tiles = await page.locator('.tile[data-state="fresh"]').count();
    if (tiles !== count) throw new Error(`${tiles} of ${count} tiles are fresh`);
    return await page.evaluate('performance.getEntriesByName("first-contentful-paint")[0].startTime');
  } finally {
    await context.close();
    child.kill("SIGINT");
    if (child.exitCode === null) await once(child, "close");
  }
}

async function linkOf(child) {
  let text = "";
  for await (const chunk of child.stderr) {
    text += chunk;
    const link = /http:\S+\/start\?token=\S+(?=\s)/.exec(text)?.[0];
    if (link !== undefined) return link;
  }
  throw new Error(`sealring console ended:\n${text}`);
}
