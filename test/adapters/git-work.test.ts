import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createGitWork } from "../../src/adapters/git-work.ts";
import { CANARIES, expectNoCanary } from "../support/canary.ts";
import { GIT_PERSON } from "../support/git.ts";
import { Checkout, OURA } from "../support/git-checkout.ts";

describe("looking at a checkout", () => {
  it("says that a directory is none", async () => {
    const { work } = new Checkout();
    expect(await work.state([OURA])).toMatchObject({ kind: "none" });
    await expect(work.commit({ paths: [OURA], message: "x", branch: undefined })).rejects.toThrow(
      "there is no checkout",
    );
  });

  it("says where git is not installed", async () => {
    const { directory } = Checkout.begun();
    const state = await createGitWork(directory, { PATH: "/nowhere" }).state([]);
    expect(state).toEqual({ kind: "none", lacks: "git", reason: "git is not installed" });
  });

  it("knows the branch of a repository without a commit, and takes every file for new", async () => {
    const checkout = Checkout.empty();
    checkout.write(OURA, "version: 1\n");
    const state = await checkout.work.state([OURA, "sealring.yaml"]);
    expect(state).toEqual({ kind: "checkout", branch: "main", changed: [OURA] });
    expect(await checkout.work.committedIn([".", "credentials"])).toEqual([]);
  });

  it("names what is new, changed, staged or gone, and not what has other line ends", async () => {
    const checkout = Checkout.begun();
    const files = ["same", "ends", "changed", "staged", "gone"];
    for (const file of files) checkout.write(file, "one\ntwo\n");
    checkout.git("add", ".");
    checkout.git("commit", "--quiet", "-m", "More");
    checkout.write("ends", "one\r\ntwo\r\n");
    checkout.write("changed", "one\n");
    checkout.write("staged", "one\n");
    checkout.git("add", "staged");
    rmSync(join(checkout.directory, "gone"));
    checkout.write("new", "");
    const { work } = checkout;
    expect(await work.state([...files, "new", "nothing"])).toMatchObject({
      changed: ["changed", "staged", "gone", "new"],
    });
  });

  it("names what HEAD has in a folder, though it is gone, and no folders", async () => {
    const checkout = Checkout.begun();
    for (const path of [OURA, "credentials/deep/x", "other/y"]) checkout.write(path, "1\n");
    checkout.git("add", ".");
    checkout.git("commit", "--quiet", "-m", "More");
    rmSync(join(checkout.directory, "credentials"), { recursive: true });
    expect(await checkout.work.committedIn([".", "credentials", "nothing"])).toEqual(["README.md", OURA]);
    const folder = createGitWork(join(checkout.directory, "other"), GIT_PERSON);
    expect(await folder.committedIn([".", "credentials"])).toEqual(["y"]);
  });

  it("knows where a branch is pushed to, and names no remote that a shell would read as more", async () => {
    const checkout = Checkout.begun();
    const upstream = () => checkout.work.upstreamOf("main");
    expect(await upstream()).toEqual({ kind: "no_remote" });
    checkout.git("config", "remote.$(touch x).url", "https://github.com/acme/one");
    expect(await upstream()).toEqual({ kind: "no_remote" });
    for (const name of ["fork", "origin"]) checkout.git("remote", "add", name, "https://github.com/acme/one");
    expect(await upstream()).toEqual({ kind: "unset", remote: "origin" });
    checkout.git("remote", "remove", "origin");
    checkout.git("config", "branch.main.remote", "fork");
    checkout.git("config", "branch.main.merge", "refs/heads/other");
    expect(await upstream()).toEqual({ kind: "unset", remote: "fork" });
    checkout.git("config", "branch.main.merge", "refs/heads/main");
    expect(await upstream()).toEqual({ kind: "set" });
  });

  it("knows the branch where a tag has its name", async () => {
    const checkout = Checkout.begun();
    checkout.git("tag", "main");
    expect(await checkout.work.state([])).toMatchObject({ branch: "main" });
  });

  it("takes for removed nothing that a sparse checkout does without", async () => {
    const checkout = Checkout.begun();
    const file = "credentials/a tree b.yaml";
    checkout.write(file, "1\n");
    checkout.write(OURA, "1\n");
    checkout.git("add", ".");
    checkout.git("commit", "--quiet", "-m", "More");
    checkout.git("sparse-checkout", "set", "--no-cone", "/README.md");
    expect(existsSync(join(checkout.directory, OURA))).toBe(false);
    expect(await checkout.work.state([OURA, file])).toMatchObject({ changed: [] });
  });

  it("works in a folder of the checkout, in a worktree, and without a branch", async () => {
    const checkout = Checkout.begun();
    checkout.write(`team/${OURA}`, "version: 1\n");
    const folder = createGitWork(join(checkout.directory, "team"), GIT_PERSON);
    expect(await folder.state([OURA])).toMatchObject({ changed: [OURA] });
    await folder.commit({ paths: [OURA], message: "Add oura", branch: undefined });
    expect(await folder.state([OURA])).toMatchObject({ changed: [] });

    checkout.git("worktree", "add", "--quiet", `${checkout.directory}-tree`);
    const tree = `${checkout.directory}-tree`;
    onTestFinished(() => rmSync(tree, { recursive: true }));
    writeFileSync(join(tree, "sealring.yaml"), "version: 1\n");
    const second = createGitWork(tree, GIT_PERSON);
    await second.commit({ paths: ["sealring.yaml"], message: "Begin", branch: undefined });
    expect(await second.state(["sealring.yaml"])).toMatchObject({ changed: [] });

    checkout.git("checkout", "--quiet", "--detach");
    expect(await checkout.work.state([])).toMatchObject({ branch: undefined });
  });

  it("runs nothing that the checkout's settings name", async () => {
    const checkout = Checkout.begun();
    checkout.write(OURA, "version: 1\n");
    checkout.git("add", ".");
    checkout.git("commit", "--quiet", "-m", "More");
    checkout.write(OURA, "version: 2\n");
    const trace = join(checkout.directory, "ran");
    const touch = `touch ${trace}; cat`;
    checkout.write(".gitattributes", "* filter=trap diff=trap\n");
    for (const hook of ["post-index-change", "post-checkout", "reference-transaction", "fsmonitor-watchman"])
      checkout.hook(hook, touch);
    for (const name of ["filter.trap.clean", "filter.trap.process", "diff.trap.textconv", "diff.external"])
      checkout.git("config", name, touch);
    for (const name of ["core.fsmonitor", "core.pager", "core.editor", "core.sshCommand"])
      checkout.git("config", name, `touch ${trace}`);
    rmSync(trace, { force: true });
    expect(await checkout.work.state([OURA])).toMatchObject({ changed: [OURA] });
    expect(existsSync(trace)).toBe(false);
    // The trap works.
    checkout.git("status");
    expect(existsSync(trace)).toBe(true);
  });

  it("fetches nothing that is missing, whatever protocol the checkout's settings allow", async () => {
    const checkout = Checkout.begun();
    checkout.write(OURA, "version: 1\n");
    checkout.git("add", ".");
    checkout.git("commit", "--quiet", "-m", "More");
    const tree = checkout.git("rev-parse", "HEAD^{tree}");
    rmSync(join(checkout.directory, ".git/objects", tree.slice(0, 2), tree.slice(2)));
    const trace = join(checkout.directory, "ran");
    const partial = { "core.repositoryFormatVersion": "1", "extensions.partialClone": "origin" };
    const remote = { "remote.origin.promisor": "true", "remote.origin.url": `ext::touch ${trace}` };
    const settings = { ...partial, ...remote, "protocol.ext.allow": "always" };
    for (const [name, value] of Object.entries(settings)) checkout.git("config", name, value);
    expect(await checkout.work.state([OURA])).toMatchObject({ changed: [OURA] });
    expect(existsSync(trace)).toBe(false);
    // The trap works.
    expect(() => checkout.git("ls-tree", "HEAD", "--", OURA)).toThrow();
    expect(existsSync(trace)).toBe(true);
  });
});

describe("committing", () => {
  it("makes the first commit of a repository, on its branch or on a new one", async () => {
    for (const [branch, head] of [
      [undefined, "main"],
      ["sealring/oura", "sealring/oura"],
    ] as const) {
      const checkout = Checkout.empty();
      checkout.write(OURA, "version: 1\n");
      const id = await checkout.commit(branch);
      expect(checkout.git("log", "--format=%h %an %s", head)).toBe(`${id} Ada Add oura`);
      expect(checkout.git("symbolic-ref", "--short", "HEAD")).toBe(head);
    }
  });

  it("takes these files alone, and leaves what else is staged or changed", async () => {
    const checkout = Checkout.begun();
    checkout.write("staged", "mine\n");
    checkout.git("add", "staged");
    checkout.write("README.md", "# changed\n");
    checkout.write(OURA, "version: 1\n");
    await checkout.commit();
    expect(checkout.git("show", "--name-only", "--format=", "HEAD")).toBe(OURA);
    expect(checkout.git("status", "--short")).toBe("M README.md\nA  staged");
  });

  it("commits that a file is gone", async () => {
    const checkout = Checkout.begun();
    rmSync(join(checkout.directory, "README.md"));
    await checkout.commit(undefined, ["README.md", "nothing"]);
    expect(checkout.git("ls-files")).toBe("");
  });

  it("takes a path for a path, whatever git could read in it", async () => {
    const checkout = Checkout.begun();
    checkout.write(":(top)*", "odd\n");
    checkout.write("other", "mine\n");
    await checkout.commit(undefined, [":(top)*"]);
    expect(checkout.git("show", "--name-only", "--format=", "HEAD")).toBe(":(top)*");
  });

  it("goes to a new branch, and refuses one that exists or has no name", async () => {
    const checkout = Checkout.begun();
    checkout.write(OURA, "version: 1\n");
    checkout.git("branch", "taken");
    await expect(checkout.commit("taken")).rejects.toThrow('there is a branch "taken" already');
    for (const name of ["", "-D", "a..b", "a b", "@{-1}", "x.lock", "HEAD", "a\nb", "--orphan", "a\0b"])
      await expect(checkout.commit(name)).rejects.toThrow("git takes no branch by the name of");
    expect(checkout.git("status", "--short")).toBe("?? credentials/");
    await checkout.commit("sealring/oura");
    expect(checkout.git("rev-list", "--count", "main..sealring/oura")).toBe("1");
    checkout.write(OURA, "version: 1\nname: oura\n");
    await checkout.commit("sealring/oura");
    expect(checkout.git("rev-list", "--count", "main..sealring/oura")).toBe("2");
  });

  it("runs the person's hooks, without our secrets, and says which step they refused, without their words", async () => {
    const checkout = Checkout.begun();
    const { directory } = checkout;
    checkout.write(OURA, "version: 1\n");
    checkout.write(".git/words", CANARIES.clientSecret);
    checkout.hook("pre-commit", `env > ${directory}/env; cat .git/words >&2; exit 7`);
    const env = { ...GIT_PERSON, OURA_CLIENT_SECRET: CANARIES.clientSecret, GIT_DIR: "/elsewhere" };
    const work = createGitWork(directory, env);
    const failed = await work.commit({ paths: [OURA], message: "Add", branch: undefined }).catch(String);
    expect(failed).toContain("git commit failed (exit 1)");
    expectNoCanary(failed, [CANARIES.clientSecret]);
    expectNoCanary(readFileSync(join(directory, "env"), "utf8"), [CANARIES.clientSecret]);
    checkout.hook("pre-commit", "exit 0");
    await checkout.commit();
    expect(checkout.git("log", "-1", "--format=%s")).toBe("Add oura");
  });

  it("signs as the person's settings say", async () => {
    const checkout = Checkout.begun();
    checkout.write(OURA, "version: 1\n");
    checkout.git("config", "commit.gpgSign", "true");
    checkout.git("config", "gpg.program", "/nowhere/gpg");
    await expect(checkout.commit()).rejects.toThrow("git commit failed");
  });

  it("refuses an empty message, and to commit nothing", async () => {
    const checkout = Checkout.begun();
    checkout.write(OURA, "version: 1\n");
    for (const message of [" \n", "x".repeat(10_001), "a\0b"])
      await expect(checkout.work.commit({ paths: [OURA], message, branch: undefined })).rejects.toThrow(
        "a commit needs a message",
      );
    await checkout.commit();
    await expect(checkout.commit("other")).rejects.toThrow("there is nothing to commit");
    expect(checkout.git("branch", "--list", "other")).toBe("");
  });
});
