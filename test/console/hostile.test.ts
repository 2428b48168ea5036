import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { createApp } from "../../src/console/app.ts";
import { ConsoleWorld } from "../support/console-world.ts";
import { changed, OURA } from "../support/console-forms.ts";
import { git } from "../support/git.ts";
import { World } from "../support/world.ts";

/** Names that nothing here has, as a path has them. (`..` alone never arrives: clients and servers resolve it.) */
const NAMES = [
  "..%2f..%2fx",
  "..%5cx",
  "%2fetc%2fpasswd",
  "oura%00",
  "oura%0a",
  "oura.yaml",
  "oura%2fedit",
  "OURA",
  "%E0%A4%A",
  "a".repeat(64),
  "a".repeat(65),
  "a".repeat(5_000),
  "__proto__",
  "constructor",
  "no-such",
];

/** A repository with a file that is none of sealring's, on a commit. */
async function aRepository(): Promise<ConsoleWorld> {
  const opened = await ConsoleWorld.on(await World.authorized());
  opened.declare({ name: "oura" });
  opened.write("notes.txt", "mine\n");
  git(opened.directory, "init", "--quiet", "--initial-branch=main");
  git(opened.directory, "add", "--all");
  git(opened.directory, "commit", "--quiet", "--message", "first");
  return opened;
}

/** Everything that a request could have written: files here and beside, commits, operations, and what GitHub was told. */
function traces({ directory, world, console }: ConsoleWorld) {
  return {
    files: readdirSync(directory, { recursive: true, encoding: "utf8" }).filter(
      (path) => !path.startsWith(".git/"),
    ),
    beside: readdirSync(dirname(directory)).filter((name) => /^x|passwd/.test(name)),
    changed: git(directory, "status", "--porcelain"),
    head: git(directory, "rev-parse", "HEAD"),
    operations: console.operations.all.length,
    writes: world.sandbox.github.log.filter(({ method }) => method !== "GET").length,
  };
}

/** Asks, and goes where it is sent. */
async function statusOf(opened: ConsoleWorld, method: string, address: string): Promise<number> {
  if (method === "GET") return (await opened.get(address)).status;
  const { status, headers } = await opened.post(address, OURA);
  return status === 303 ? (await opened.get(headers.get("location") ?? "")).status : status;
}

describe("a name that is none", () => {
  it("has no page and does nothing, whatever the route", async () => {
    const opened = await aRepository();
    const before = traces(opened);
    const routes = createApp(opened.console).routes.filter(({ path }) => /^\/(?!back).*\/:/.test(path));
    expect(routes.length).toBeGreaterThan(20);
    for (const { method, path } of routes)
      for (const name of NAMES) {
        const address = path.replace(/:\w+(?:\{.*\})?/, name);
        expect([400, 404], `${method} ${address}`).toContain(await statusOf(opened, method, address));
      }
    expect(traces(opened)).toEqual(before);
  });

  it("is no name for a new credential", async () => {
    const opened = await aRepository();
    const before = traces(opened);
    for (const name of ["../x", "/tmp/x", "x/../../x", "..", ".git/config", "x\0", "oura\n", "x.yaml"]) {
      const form = changed(
        OURA,
        ["name", name],
        ["outputs/0/name", "X_TOKEN"],
        ["outputs/0/value", "access_token"],
      );
      expect((await opened.post("/add/strava", form)).status, name).toBe(422);
      expect((await opened.post("/check", form)).status, name).toBe(200);
    }
    expect(traces(opened)).toEqual(before);
  });
});

describe("a commit", () => {
  it("takes no path but what of sealring's has changed, and no name of a branch that git does not", async () => {
    const opened = await aRepository();
    opened.write("notes.txt", "changed\n");
    opened.write("credentials/../notes2.txt", "new\n");
    opened.write("credentials/oura.yaml", `${opened.read("credentials/oura.yaml")}# changed\n`);
    const before = traces(opened);
    const message = ["message", "x"] as const;
    for (const path of [
      "notes.txt",
      "notes2.txt",
      "credentials/../notes.txt",
      "../x",
      "/etc/passwd",
      ".git/config",
      "--all",
      ":/",
      "credentials",
    ])
      expect((await opened.post("/commit", [["path", path], message])).status, path).toBe(400);
    const own = [["path", "credentials/oura.yaml"], ["where", "new"], message] as const;
    for (const branch of ["", "-f", "--orphan=x", "../x", "a..b", "x.lock", "a b", "@{-1}", "x\0"])
      expect((await opened.post("/commit", [...own, ["branch", branch]])).status, branch).toBe(400);
    expect(traces(opened)).toEqual(before);
    expect(git(opened.directory, "branch", "--list").split("\n")).toHaveLength(1);
  });

  it("leads back to a page of the console alone", async () => {
    const opened = await aRepository();
    for (const back of [
      "https://evil.example/",
      "//evil.example",
      "/credentials/../../x",
      "javascript:alert(1)",
    ]) {
      opened.write("credentials/oura.yaml", `${opened.read("credentials/oura.yaml")}# ${back}\n`);
      const form = [
        ["path", "credentials/oura.yaml"],
        ["message", "x"],
        ["back", back],
      ] as const;
      expect((await opened.post("/commit", form)).headers.get("location"), back).toBe("/");
    }
  });
});
