import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createGitWork } from "../../src/adapters/git-work.ts";
import { git, GIT_PERSON } from "../support/git.ts";

it("says which settings git lacks to commit, before it makes a branch", async () => {
  const directory = mkdtempSync(join(tmpdir(), "sealring-git-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  git(directory, "init", "--quiet", "--initial-branch=main");
  // Else git makes up an address from the machine's name, where that has a domain.
  git(directory, "config", "user.useConfigOnly", "true");
  writeFileSync(join(directory, "sealring.yaml"), "version: 1\n");
  const { PATH, GIT_CONFIG_GLOBAL, GIT_CONFIG_NOSYSTEM } = GIT_PERSON;
  const work = createGitWork(directory, { PATH, GIT_CONFIG_GLOBAL, GIT_CONFIG_NOSYSTEM });
  await expect(
    work.commit({ paths: ["sealring.yaml"], message: "Begin", branch: "begin" }),
  ).rejects.toMatchObject({
    message: "git does not know who commits",
    hint: expect.stringContaining("git config --global user.email") as string,
  });
  expect(git(directory, "symbolic-ref", "--short", "HEAD")).toBe("main");
});
