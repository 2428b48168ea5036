import { describe, expect, it } from "vitest";
import { applied, planIn } from "../support/console-plan.ts";
import { changed, formIn } from "../support/console-forms.ts";
import { ConsoleWorld } from "../support/console-world.ts";
import { git } from "../support/git.ts";
import { World } from "../support/world.ts";

const SAVED = "/credentials/oura/saved";
const AS_TEXT = "/credentials/oura/edit?as=text";
const OURA = "credentials/oura.yaml";

/** A credential that is declared, committed and authorized. */
async function authorized(): Promise<ConsoleWorld> {
  const opened = await ConsoleWorld.on(await World.authorized());
  git(opened.directory, "init", "--quiet", "--initial-branch=main");
  opened.declare({ name: "oura" });
  commit(opened);
  return opened;
}

function commit({ directory }: ConsoleWorld): void {
  git(directory, "add", ".");
  git(directory, "commit", "--quiet", "-m", "As it is");
}

/** Saves the file with something in it replaced; gives the page that comes after it. */
async function edit(opened: ConsoleWorld, from: string, to: string): Promise<string> {
  const form = formIn((await opened.get(AS_TEXT)).text);
  const text = opened.read(OURA).replace(from, to);
  const answer = await opened.post(AS_TEXT, changed(form, ["text", text]));
  expect([answer.status, answer.headers.get("location")]).toEqual([303, SAVED]);
  return (await opened.get(SAVED)).text;
}

/** Where each of the page's steps stands. */
const stagesIn = (text: string) => [...text.matchAll(/ stage-([a-z]+)"/g)].map(([, at]) => at);

describe("the page after saving a credential that was authorized", () => {
  it("has it authorized again for a scope that was not granted, by its name", async () => {
    const opened = await authorized();
    const text = await edit(opened, "heartrate]", "heartrate, spo2]");
    expect(text).toContain("Declared, and not granted yet: <code>spo2</code>");
    expect(stagesIn(text)).toEqual(["done", "next", "later", "later"]);
    commit(opened);
    const after = (await opened.get(SAVED)).text;
    expect(stagesIn(after)).toEqual(["done", "done", "later", "next"]);
    expect(after).toContain('<a class="button main" href="/credentials/oura/authorize">');
    expect(after).toContain("Authorize again");
  });

  it("has it authorized again where the edit breaks what it was authorized for, until that was done", async () => {
    const opened = await authorized();
    opened.world.clock.passSeconds(60);
    const broken = await edit(opened, "id: ", "id: other-");
    expect(broken).toContain("since it was given, the client id changed");
    const back = await edit(opened, "id: other-", "id: ");
    expect(back).not.toContain("changed");
    expect(stagesIn(back).at(-1)).toBe("done");
    await edit(opened, "id: ", "id: other-");
    opened.world.clock.passSeconds(60);
    await opened.world.authorize("oura");
    opened.console.reading.forget();
    expect(stagesIn((await opened.get(SAVED)).text).at(-1)).toBe("done");
  });

  it("suggests to commit an edit as one, and what an apply wrote as that", async () => {
    const opened = await authorized();
    expect(await edit(opened, "owner: ", "owner: new-")).toMatch(/<textarea[^>]*>Change oura</);
    commit(opened);
    opened.write(".github/actions/sealring/action.yml", "name: sealring\n");
    expect((await opened.get(SAVED)).text).toContain("Keep the tokens fresh with sealring");
    opened.write(OURA, opened.read(OURA));
    git(opened.directory, "rm", "--quiet", "--cached", OURA);
    git(opened.directory, "commit", "--quiet", "-m", "Without it");
    expect((await opened.get(SAVED)).text).toMatch(/<textarea[^>]*>Declare the credential oura</);
  });

  it("says that the plan is made, once it is", async () => {
    const opened = await authorized();
    expect(stagesIn((await opened.get(SAVED)).text)).toEqual(["done", "done", "next", "done"]);
    const plan = planIn(await opened.get("/plan"));
    await opened.post("/plan/secrets", [
      ["plan", plan],
      ["secret:SEALRING_GITHUB_TOKEN", "github_pat_typed"],
    ]);
    await applied(opened, await opened.get("/plan"));
    commit(opened);
    const { text } = await opened.get(SAVED);
    expect(stagesIn(text)).toEqual(["done", "done", "done", "done"]);
    expect(text).toContain("are as declared");
  });
});
