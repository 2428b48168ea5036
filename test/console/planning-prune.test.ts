import { expect, test } from "vitest";
import { applied } from "../support/console-plan.ts";
import { ConsoleWorld } from "../support/console-world.ts";
import { World } from "../support/world.ts";

/** Its output got another name, everybody knows, and the next run has published it. */
async function renamed(): Promise<ConsoleWorld> {
  const opened = await ConsoleWorld.on(await World.authorized());
  opened.declare({ name: "oura" });
  push(opened, "a first one");
  opened.declare({ name: "oura", outputs: { OURA_TOKEN: "access_token" } });
  await applied(opened, await opened.get("/plan"));
  push(opened, "another name");
  await opened.world.refresh();
  opened.console.reading.forget();
  return opened;
}

function push({ world }: ConsoleWorld, message: string): void {
  const path = "credentials/oura.yaml";
  const text = [...world.declarations.values()].join("");
  world.sandbox.github.commit(world.repository, { branch: "main", message, files: { [path]: text } });
}

function outputs({ world }: ConsoleWorld): readonly string[] {
  return [...world.sandbox.github.revealSecrets(world.outputs).keys()];
}

test("an output that nothing declares stays, until the page that removes it was shown and sent", async () => {
  const opened = await renamed();
  const plain = await opened.get("/plan");
  expect(plain.text).toContain("1 secret is left over</strong>: OURA_ACCESS_TOKEN.");
  expect(plain.text).toContain('<a class="button" href="/plan?orphans=prune">');
  expect(plain.text).not.toMatch(/everything is as declared|sealring plan --prune/);
  expect(plain.text).not.toContain("To be removed");
  const pruning = await opened.get("/plan?orphans=prune");
  expect(pruning.text).toContain("To be removed");
  expect(pruning.text).toContain("One secret that pipelines may still read will be removed from GitHub.");
  expect(pruning.text).toContain("Make sure that no workflow reads it any more");
  expect(pruning.text).toContain(">Remove 1 secret</button>");
  expect(pruning.text).not.toContain("Files are written");
  expect(outputs(opened)).toEqual(["OURA_ACCESS_TOKEN", "OURA_TOKEN"]);
  const { text } = await applied(opened, pruning);
  expect(text).toContain("1 removed");
  expect(outputs(opened)).toEqual(["OURA_TOKEN"]);
});
