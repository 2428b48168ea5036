import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { TestContext } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { documentOf, start } from "../support/cli.ts";
import type { Running } from "../support/cli.ts";

/** In an empty directory, with an empty environment. */
function alone({ onTestFinished }: TestContext, args: readonly string[]): Running & { readonly cwd: string } {
  const cwd = mkdtempSync(join(tmpdir(), "sealring-alone-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  return { ...start(args, { cwd, env: { HOME: cwd } }), cwd };
}

it.concurrent(
  "`demo` proves the whole story with nothing set up, and says at its end what it proved",
  async (test) => {
    const running = alone(test, ["demo"]);
    const ended = await running.ended;
    expect(ended).toMatchObject({ exit: 0, stderr: "" });
    const [, proved = ""] = ended.stdout.split("\nProved, on ");
    const claims = proved.trimEnd().split("\n").slice(2);
    expect(claims.length).toBeGreaterThan(5);
    expect(proved).toContain("each refresh token was sent exactly once");
    expect(proved).not.toContain("NO ");
    expect(proved.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(ended.stdout).not.toContain("\n\n\n");
    expect(readdirSync(running.cwd)).toEqual([]);
  },
);

it.concurrent("`demo --json` prints one document, with every claim", async (test) => {
  const ended = await alone(test, ["demo", "--json"]).ended;
  expect(ended.exit).toBe(0);
  const { ok, results } = documentOf(ended);
  expect(ok).toBe(true);
  expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(["proved"]));
});

it.concurrent(
  "`sandbox` prints its addresses as JSON, answers there, and ends on SIGINT with 0",
  async (test) => {
    const running = alone(test, ["sandbox"]);
    await running.prints(/Then: sealring authorize sandbox/);
    const api = await running.prints(/"api_url": "([^"]+)"/);
    expect((await fetch(api)).status).toBe(200);
    const ended = await running.stop("SIGINT");
    expect(ended.exit).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ github: { api_url: api } });
    await expect(fetch(api)).rejects.toThrow("fetch failed");
  },
);

it.concurrent("--version prints the package's version", async (test) => {
  const ended = await alone(test, ["--version"]).ended;
  expect(ended).toEqual({ exit: 0, stdout: `${manifest.version}\n`, stderr: "" });
});
