import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { watch } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createBrowser } from "../../src/adapters/browser.ts";
import { CANARIES, expectNoCanary } from "../support/canary.ts";

const URL_WITH_QUERY = "https://id.example.com/a?x=1&y=$(touch%20z);`id`";

/** A program that writes down how it was called, and the file where it does. */
async function recorder(directory: string): Promise<{ script: string; record: string }> {
  const folder = await mkdtemp(join(tmpdir(), directory));
  const script = join(folder, "record.mjs");
  const record = join(folder, "record.json");
  await writeFile(
    script,
    `import { renameSync, writeFileSync } from "node:fs";
     const call = JSON.stringify({ args: process.argv.slice(2), env: process.env });
     writeFileSync(${JSON.stringify(`${record}.new`)}, call);
     renameSync(${JSON.stringify(`${record}.new`)}, ${JSON.stringify(record)});`,
  );
  return { script, record };
}

interface Call {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

async function callOf(record: string, start: () => Promise<unknown>): Promise<Call> {
  const watcher = watch(join(record, ".."));
  const written = new Promise<void>((resolve) => {
    watcher.on("change", (_event, name) => {
      if (name === "record.json") resolve();
    });
  });
  await start();
  await written;
  watcher.close();
  return JSON.parse(await readFile(record, "utf8")) as Call;
}

describe("BROWSER", () => {
  it("is a command that gets the address as its last argument, as it is", async () => {
    const { script, record } = await recorder("sealring browser-");
    const env = {
      BROWSER: `"${process.execPath}" '${script}'  --new "two words"`,
      PATH: process.env["PATH"],
    };
    const browser = createBrowser({ env, platform: "linux" });
    const { args } = await callOf(record, async () => expect(await browser.open(URL_WITH_QUERY)).toBe(true));
    expect(args).toEqual(["--new", "two words", URL_WITH_QUERY]);
  });

  it("is given the screen and the language, but no secret of ours", async () => {
    const { script, record } = await recorder("sealring-browser-");
    const env = {
      BROWSER: `${process.execPath} ${script}`,
      PATH: process.env["PATH"],
      DISPLAY: ":7",
      LANG: "en_GB.UTF-8",
      OURA_CLIENT_SECRET: CANARIES.clientSecret,
      GH_TOKEN: CANARIES.githubToken,
      HTTPS_PROXY: `http://${CANARIES.accessToken}@proxy`,
    };
    const call = await callOf(record, () => createBrowser({ env, platform: "linux" }).open(URL_WITH_QUERY));
    expect(call.env).toMatchObject({ DISPLAY: ":7", LANG: "en_GB.UTF-8" });
    expectNoCanary(JSON.stringify(call));
  });
});

describe("no browser is opened", () => {
  it.each(["linux", "darwin", "win32"])("where %s has no command for it", async (platform) => {
    const env = { PATH: join(tmpdir(), "no such directory") };
    expect(await createBrowser({ env, platform }).open("https://id.example.com/")).toBe(false);
  });

  it.each(["--help", "file:///etc/passwd", "javascript:alert(1)"])(
    "for %s, which is no web address",
    async (url) => {
      expect(await createBrowser({ env: { BROWSER: process.execPath }, platform: "linux" }).open(url)).toBe(
        false,
      );
    },
  );
});
