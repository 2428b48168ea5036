import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createGhToken } from "../../../src/adapters/github/gh.ts";

/** A directory with a `gh` in it that runs these lines of shell. */
function fakeGh(script: string): string {
  const directory = mkdtempSync(join(tmpdir(), "sealring-gh-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  writeFileSync(join(directory, "gh"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return directory;
}

const path = (directory: string) => [directory, "/usr/bin", "/bin"].join(delimiter);

test("gh is asked for the token of one host, and inherits no secret", async () => {
  const directory = fakeGh('env > "$HOME/env"; echo "$@" > "$HOME/args"; echo gho_token');
  const env = {
    PATH: path(directory),
    HOME: directory,
    GH_TOKEN: "ghp_canary",
    OURA_CLIENT_SECRET: "canary",
  };
  const token = await createGhToken(env)("ghe.example.com");
  expect(token?.reveal()).toBe("gho_token");
  expect(readFileSync(join(directory, "args"), "utf8")).toBe("auth token --hostname ghe.example.com\n");
  expect(readFileSync(join(directory, "env"), "utf8")).not.toContain("canary");
});

test.each([
  ["that is not logged in", "echo 'no oauth token found' >&2; exit 1"],
  ["that prints something else than a token", "echo not logged in"],
  ["that prints nothing", "true"],
])("a gh %s has no token", async (_, script) => {
  const directory = fakeGh(script);
  expect(await createGhToken({ PATH: path(directory) })("github.com")).toBeUndefined();
});

test("no gh at all is no token", async () => {
  expect(await createGhToken({ PATH: tmpdir() })("github.com")).toBeUndefined();
});
