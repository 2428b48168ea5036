import { describe, expect, it } from "vitest";
import { createGitWork } from "../../src/adapters/git-work.ts";
import { asGitHubCom, ConsoleWorld } from "../support/console-world.ts";
import { git, GIT_PERSON } from "../support/git.ts";
import { answering } from "../support/misfortunes.ts";
import { World } from "../support/world.ts";
import type { JobOptions } from "../support/world.ts";

async function withOura(options: JobOptions = {}): Promise<ConsoleWorld> {
  const world = await World.authorized();
  const console = await ConsoleWorld.on(world, {}, options);
  console.declare({ name: "oura" });
  return console;
}

describe("a credential that no run has renewed", () => {
  const PROMISE = "to be renewed";

  it("says that nothing renews it as long as GitHub has no workflow, and leads to the plan", async () => {
    const console = await withOura();
    const [workflow] = console.world.sandbox.github.repository(console.world.repository).workflows.splice(0);
    for (const page of [(await console.get("/")).text, (await console.get("/credentials/oura")).text]) {
      expect(page).toContain("GitHub has no sealring.yml on the default branch yet.");
      expect(page).toContain("nothing renews it yet");
      expect(page).toContain('href="/plan"');
      expect(page).not.toMatch(/All is well|to be renewed/);
    }
    expect((await console.get("/")).text).toContain('badge-warning">nothing renews it yet');
    if (workflow !== undefined)
      console.world.sandbox.github.repository(console.world.repository).workflows.push(workflow);
    console.console.live.tell("journal");
    expect((await console.get("/")).text).toContain(PROMISE);
  });

  it("says so, too, as long as its file is not committed, but for the sandbox, which reads the folder", async () => {
    const console = await withOura({ github: asGitHubCom });
    git(console.directory, "init", "--quiet", "--initial-branch=main");
    const sandbox = await ConsoleWorld.on(
      console.world,
      {},
      { more: { git: createGitWork(console.directory, GIT_PERSON) } },
    );
    sandbox.declare({ name: "oura" });
    expect((await sandbox.get("/")).text).toContain(PROMISE);
    const tile = (await console.get("/")).text;
    expect(tile).toContain("credentials/oura.yaml is not committed yet");
    expect(tile).toContain('<a class="button main" href="/credentials/oura/saved">Commit it');
    git(console.directory, "add", ".");
    git(console.directory, "commit", "--quiet", "--message=Declare it");
    expect((await console.get("/")).text).toContain(PROMISE);
  });

  it("is not asked about once one has, and nothing is said where GitHub does not tell", async () => {
    const console = await withOura();
    console.world.sandbox.github.faults.fail("actions/get-workflow", answering(403), Infinity);
    expect((await console.get("/")).text).toContain(PROMISE);
    await console.world.refresh({ when: "forced" });
    const asked = () =>
      console.world.sandbox.github.log.filter(({ operation }) => operation === "actions/get-workflow").length;
    const before = asked();
    console.console.live.tell("journal");
    expect((await console.get("/")).text).toContain(PROMISE);
    expect(asked()).toBe(before);
  });
});
