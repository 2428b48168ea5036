import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/table.ts";
import { documentOf, start } from "../support/cli.ts";
import type { Ended } from "../support/cli.ts";

const VALID = `version: 1
name: oura
provider: oura
grant: client_credentials
client: { id: abc, secret: OURA_CLIENT_SECRET }
scopes: [daily]
outputs: { OURA_ACCESS_TOKEN: access_token }
`;

let directory: string;
let empty: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "sealring-usage-"));
  empty = mkdtempSync(join(tmpdir(), "sealring-empty-"));
  execFileSync("mkdir", ["-p", join(directory, "credentials")]);
  writeFileSync(join(directory, "credentials", "oura.yaml"), VALID);
});
afterAll(() => {
  for (const each of [directory, empty]) rmSync(each, { recursive: true });
});

function sealring(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const running = start(args, { cwd: directory, env: { HOME: empty, PATH: empty, ...env } });
  return running.ended;
}

/** Lines of more than 80 columns that could have been shorter: an address or a path cannot. */
function tooWide(text: string): readonly string[] {
  return text.split("\n").filter((line) => line.length > 80 && !/^\s*\S+$/.test(line));
}

describe("help", () => {
  it.concurrent("names every command, and what it does", async () => {
    const { exit, stdout, stderr } = await sealring(["--help"]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    for (const { usage } of COMMANDS)
      expect(stdout).toMatch(new RegExp(`^  ${usage.split(" ", 1).join("")}\\b`, "m"));
    expect(tooWide(stdout)).toEqual([]);
  });

  it.concurrent.for(COMMANDS)(
    "of `$usage` fits 80 columns and names its options",
    async ({ usage, summary, options }) => {
      const command = usage.split(" ", 1).join("");
      const { exit, stdout, stderr } = await sealring([command, "--help"]);
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
      expect(stdout).toContain(`Usage: sealring ${command} `);
      expect(stdout.replaceAll(/\s+/g, " ")).toContain(summary);
      for (const flag of [
        "-C <dir>",
        "--json",
        "--no-input",
        "--verbose",
        ...options.map(([flags]) => flags),
      ]) {
        expect(stdout).toContain(flag);
      }
      expect(tooWide(stdout)).toEqual([]);
    },
  );
});

describe("what cannot be understood ends with 2, says why on standard error, and leaves standard output empty", () => {
  it.concurrent.for<[string, readonly string[], RegExp]>([
    ["no command", [], /Usage: sealring/],
    ["an unknown command", ["refrehs"], /refresh/],
    ["an unknown option", ["refresh", "--froce"], /--force/],
    ["a missing name", ["authorize"], /missing required argument 'name'/],
    ["a name too many", ["authorize", "a", "b"], /too many arguments/],
    ["an unknown flow", ["authorize", "oura", "--flow", "carrier-pigeon"], /loopback, paste, device/],
    ["a timeout without a unit", ["authorize", "oura", "--timeout", "5"], /duration/],
    ["a number of lines that is none", ["log", "--limit", "0"], /1 to 1000/],
    ["a compaction of one credential", ["log", "oura", "--compact"], /one for all credentials/],
    ["an unknown format", ["validate", "--format", "xml"], /text, json, github, sarif/],
    ["an unknown provider", ["providers", "show", "ouro"], /providers show oura/],
    ["an action that providers does not have", ["providers", "delete"], /list/],
    ["a search for nothing", ["providers", "search"], /search/],
    ["a credential that nobody declared", ["status", "garmin"], /"garmin"[^]*declared are: oura/],
    ["no repository", ["status"], /GITHUB_REPOSITORY,\s+or\s+run:\s+git\s+remote\s+add\s+origin/],
    ["no token", ["status"], /SEALRING_GITHUB_TOKEN, or run:\s+gh auth login/],
    ["an address that is no API", ["status"], /GitHub API address/],
  ])("%s", async ([what, args, says]) => {
    const repository = { GITHUB_REPOSITORY: "acme/credentials" };
    const env: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      "no repository": {},
      "no token": repository,
      "an address that is no API": {
        ...repository,
        GITHUB_API_URL: "http://github.example",
        GITHUB_TOKEN: "x",
      },
      "a credential that nobody declared": { ...repository, GITHUB_TOKEN: "x" },
    };
    const { exit, stdout, stderr } = await sealring(args, env[what]);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
    expect(stderr).toMatch(says);
    expect(tooWide(stderr)).toEqual([]);
  });

  it.concurrent.for<[readonly string[], string]>([
    [["status", "--json"], "status"],
    [["refresh", "--json", "--nonsense"], "refresh"],
    [["authorize", "--json"], "authorize"],
    [["providers", "show", "nobody", "--json"], "providers"],
  ])("under --json `%s` prints one document all the same", async ([args, command]) => {
    const ended = await sealring(args);
    expect(ended.exit).toBe(2);
    expect(documentOf(ended)).toMatchObject({ command, ok: false, results: [], faults: [{ code: "usage" }] });
  });
});

describe("validate", () => {
  it.concurrent("passes a valid repository, wherever it is run from", async () => {
    const env = { HOME: empty, PATH: empty };
    const ended = await start(["validate", "-C", directory], { cwd: empty, env }).ended;
    expect(ended).toEqual({ exit: 0, stdout: "1 file checked: no faults\n", stderr: "" });
  });

  it.concurrent("names every fault with its place, and ends with 2", async () => {
    const broken = mkdtempSync(join(empty, "broken-"));
    execFileSync("mkdir", [join(broken, "credentials")]);
    writeFileSync(
      join(broken, "credentials", "oura.yaml"),
      VALID.replace("[daily]", "[dayly]").replace("name: oura", "name: aura"),
    );
    const json = documentOf(await sealring(["validate", "-C", broken, "--json"]));
    expect(json).toMatchObject({ command: "validate", ok: false });
    expect(json.faults.length).toBe(2);
    expect(json.faults[0]).toMatchObject({ file: "credentials/oura.yaml", line: 2 });
    const text = await sealring(["validate", "-C", broken], { NO_COLOR: "1" });
    expect(text.exit).toBe(2);
    expect(text.stdout).toContain("credentials/oura.yaml:2:");
    expect(text.stdout).not.toContain("\u001b");
    expect(tooWide(text.stdout)).toEqual([]);
    const github = await sealring(["validate", "-C", broken, "--format", "github"], {
      GITHUB_ACTIONS: "true",
    });
    expect(github.stdout).toMatch(/^::error file=credentials\/oura\.yaml,line=2,/m);
    const refused = await sealring(["refresh", "-C", broken, "--json"], { GITHUB_REPOSITORY: "acme/a" });
    expect(refused.exit).toBe(2);
    expect(documentOf(refused)).toMatchObject({ command: "refresh", ok: false, results: [] });
  });
});

it.concurrent("providers lists the catalogue and shows an entry, as text and as JSON", async () => {
  const list = await sealring(["providers"]);
  expect(list).toMatchObject({ exit: 0, stderr: "" });
  expect(list.stdout).toMatch(/^oura +Oura Ring +single_use +no$/m);
  expect((await sealring(["providers", "search", "xyzzyqq"])).exit).toBe(0);
  const [shown] = documentOf(await sealring(["providers", "show", "oura", "--json"])).results;
  expect(shown).toMatchObject({ id: "oura", provider: { rotation: "single_use" } });
});
