import { describe, expect, it } from "vitest";
import { asGitHubCom, ConsoleWorld } from "../support/console-world.ts";
import { git } from "../support/git.ts";
import { World } from "../support/world.ts";

const SAVED = "/credentials/oura/saved";
const OURA = "credentials/oura.yaml";

/** A new repository with one credential that nobody has committed. */
async function saved(): Promise<ConsoleWorld> {
  const world = await ConsoleWorld.open({}, { github: asGitHubCom });
  git(world.directory, "init", "--quiet", "--initial-branch=main");
  world.declare({ name: "oura" });
  return world;
}

const form = (fields: Readonly<Record<string, string>> = {}) =>
  Object.entries({ back: SAVED, path: OURA, message: "Declare oura", where: "current", ...fields });

/** The steps of the page, each with where it stands. */
const stagesIn = (text: string) => [...text.matchAll(/ stage-([a-z]+)"/g)].map(([, at]) => at);

describe("the page after saving", () => {
  it("shows the file, and offers it with what else of sealring's is not committed", async () => {
    const world = await saved();
    world.write("sealring.yaml", "version: 1\n");
    world.write(".github/workflows/sealring.yml", "on: push\n");
    world.write(".github/workflows/tests.yml", "on: push\n");
    world.write(".github/actions/sealring/action.yml", "name: sealring\n");
    world.write(".github/actions/sealring/action/sealring.mjs", "\n");
    world.write("notes.txt", "mine\n");
    const { status, text } = await world.get(SAVED);
    expect(status).toBe(200);
    expect(text).toContain("name: oura");
    const offered = [...text.matchAll(/name="path" value="([^"]+)"/g)].map(([, path]) => path);
    expect(offered).toEqual([
      "sealring.yaml",
      OURA,
      ".github/workflows/sealring.yml",
      ".github/actions/sealring",
    ]);
    expect(text).toContain("(2 files)");
    expect(text).toContain('value="sealring/oura"');
  });

  it("commits on the current branch, and says how to push", async () => {
    const world = await saved();
    const { status, headers } = await world.post("/commit", form());
    expect([status, headers.get("location")]).toEqual([303, SAVED]);
    expect(git(world.directory, "log", "--format=%an: %s", "main")).toBe("Ada: Declare oura");
    const { text } = await world.get(SAVED);
    expect(text).toContain("All of it is committed, on <code>main</code>");
    expect(text).not.toContain("pull request");
  });

  it("says how to push to a repository that is still to be made, a new remote, and a known one", async () => {
    const world = await saved();
    await world.post("/commit", form());
    const commands = async () =>
      [...(await world.get(SAVED)).text.matchAll(/data-copy="(git [^"]+)"/g)].map(([, command]) => command);
    expect(await commands()).toEqual([
      "git remote add origin https://github.com/acme/health-pipeline.git",
      "git push --set-upstream origin HEAD",
    ]);
    git(world.directory, "remote", "add", "github", "https://github.com/acme/health-pipeline.git");
    expect(await commands()).toEqual(["git push --set-upstream github HEAD"]);
    git(world.directory, "config", "branch.main.remote", "github");
    git(world.directory, "config", "branch.main.merge", "refs/heads/main");
    expect(await commands()).toEqual(["git push"]);
  });

  it("does not claim that it is pushed, and in the sandbox sends nobody off to push", async () => {
    const world = await saved();
    await world.post("/commit", form());
    expect((await world.get(SAVED)).text).toContain("Whether it is pushed, nobody knows here");
    const sandbox = await ConsoleWorld.open();
    git(sandbox.directory, "init", "--quiet", "--initial-branch=main");
    sandbox.declare({ name: "oura" });
    await sandbox.post("/commit", form());
    const { text } = await sandbox.get(SAVED);
    expect(text).toContain("In the sandbox the folder counts as pushed");
    expect(text).not.toMatch(/git push|git remote/);
  });

  it("warns of a branch that GitHub calls otherwise, and not of one that is there", async () => {
    const world = await saved();
    git(world.directory, "symbolic-ref", "HEAD", "refs/heads/master");
    await world.post("/commit", form());
    const { text } = await world.get(SAVED);
    expect(text).toContain("the default branch on GitHub is <code>main</code>");
    expect(text).toContain('data-copy="git branch -m main"');
    git(world.directory, "config", "branch.master.remote", "origin");
    git(world.directory, "config", "branch.master.merge", "refs/heads/master");
    git(world.directory, "remote", "add", "origin", "https://github.com/acme/health-pipeline.git");
    expect((await world.get(SAVED)).text).not.toContain("git branch -m");
  });

  it("takes a second click on Commit for the first, on either branch", async () => {
    for (const fields of [{}, { where: "new", branch: "sealring/oura" }]) {
      const world = await saved();
      await world.cookie();
      const answers = await Promise.all([1, 2, 3].map(() => world.post("/commit", form(fields))));
      expect(answers.map(({ status, headers }) => [status, headers.get("location")])).toEqual(
        answers.map(() => [303, SAVED]),
      );
      expect(git(world.directory, "log", "--format=%s")).toBe("Declare oura");
    }
  });

  it("stands as it is, whatever is wrong with another file", async () => {
    const past = await World.authorized();
    const world = await ConsoleWorld.on(past, {}, { github: asGitHubCom });
    git(world.directory, "init", "--quiet", "--initial-branch=main");
    world.declare({ name: "oura" });
    world.write("credentials/strava.yaml", "version: 1\nname: strava\n");
    await world.post("/commit", [
      ...form({ where: "new", branch: "b" }),
      ["path", "credentials/strava.yaml"],
    ]);
    const { text } = await world.get(SAVED);
    expect(stagesIn(text)).toEqual(["done", "done", "next", "done"]);
    expect(text).toContain("/compare/b?expand=1");
  });

  it("commits on a new branch, and leads to its pull request", async () => {
    const world = await saved();
    await world.post("/commit", form({ where: "new", branch: "sealring/oura" }));
    expect(git(world.directory, "log", "--format=%s", "sealring/oura")).toBe("Declare oura");
    const { text } = await world.get(SAVED);
    expect(text).toContain("git push --set-upstream origin HEAD");
    expect(text).toMatch(/href="https?:[^"]+\/acme\/health-pipeline\/compare\/sealring\/oura\?expand=1"/);
  });

  it("says what git refused, above the form as it was sent", async () => {
    const world = await saved();
    git(world.directory, "commit", "--quiet", "--allow-empty", "-m", "Begin");
    git(world.directory, "branch", "taken");
    const { status, text } = await world.post(
      "/commit",
      form({ where: "new", branch: "taken", message: "Mine & <b>" }),
    );
    expect(status).toBe(400);
    expect(text).toContain("there is a branch &quot;taken&quot; already");
    expect(text).toContain("Mine &amp; &lt;b&gt;");
    expect(text).toContain('value="taken"');
  });

  it("commits nothing but what sealring writes, and comes back to no other site", async () => {
    const world = await saved();
    world.write("notes.txt", "mine\n");
    for (const path of ["notes.txt", "../notes.txt", ".git/config", "credentials/../notes.txt", "."])
      expect((await world.post("/commit", form({ path }))).status).toBe(400);
    const { headers } = await world.post("/commit", form({ back: "https://evil.example/" }));
    expect(headers.get("location")).toBe("/");
    expect(git(world.directory, "ls-files")).toBe(OURA);
  });

  it("commits that a workflow is gone", async () => {
    const world = await saved();
    const gone = ".github/workflows/sealring-2.yml";
    world.write(gone, "on: push\n");
    git(world.directory, "add", ".");
    git(world.directory, "commit", "--quiet", "-m", "Begin");
    git(world.directory, "rm", "--quiet", gone);
    const { status } = await world.post("/commit", form({ path: gone }));
    expect(status).toBe(303);
    expect(git(world.directory, "ls-files")).toBe(OURA);
  });

  it("leads through the steps in their order, and only the next one stands out", async () => {
    const world = await saved();
    const before = (await world.get(SAVED)).text;
    expect(stagesIn(before)).toEqual(["done", "next", "later", "later"]);
    expect(before.match(/(?:button main|class="main")/g)).toHaveLength(1);
    await world.post("/commit", form());
    const after = (await world.get(SAVED)).text;
    expect(stagesIn(after)).toEqual(["done", "done", "next", "later"]);
    expect(after).toContain('<a class="button main" href="/plan">');
    world.console.savedSecrets.set("oura", {
      ...{ kind: "sealed", secretName: "OURA_CLIENT_SECRET" },
      target: { kind: "environment", repository: "acme/health-pipeline", environment: "sealring" },
    });
    expect(stagesIn((await world.get(SAVED)).text)).toEqual(["done", "done", "later", "next"]);
  });

  it("names the command that begins a repository where there is none", async () => {
    const world = await ConsoleWorld.open();
    world.declare({ name: "oura" });
    expect((await world.get(SAVED)).text).toContain('data-copy="git init"');
  });

  it("is shown without git, and not without the file", async () => {
    const world = await ConsoleWorld.open();
    world.declare({ name: "oura" });
    expect((await world.get(SAVED)).text).toContain("Nothing is committed from here");
    for (const name of ["strava", "..%2Foura", "OURA", "oura%00"])
      expect((await world.get(`/credentials/${name}/saved`)).status).toBe(404);
  });

  it("tells what became of the client secret", async () => {
    const world = await saved();
    world.console.savedSecrets.set("oura", {
      ...{ kind: "left", secretName: "OURA_CLIENT_SECRET", reason: "no environment <sealring>" },
    });
    expect((await world.get(SAVED)).text).toContain("no environment &lt;sealring&gt;");
  });
});
