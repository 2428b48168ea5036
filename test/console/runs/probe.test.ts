import { expect, test } from "vitest";
import { DOWN } from "../../support/misfortunes.ts";
import { World } from "../../support/world.ts";
import { confirm, consoleAtWork, playJob, playRunner, runsOf } from "./at-work.ts";

const PAGE = "/credentials/oura/probe";

/** One whose last answer was lost; the provider has replaced its token, or never saw the request. */
async function ambiguous(fate: "lost" | "dropped", rotation = ["rotation: single_use"]): Promise<World> {
  const world = await World.authorized({ rotation });
  const { faults } = world.sandbox.authorizationServer;
  faults.fail("token", fate === "lost" ? { kind: "lose_answer" } : DOWN);
  await world.refresh({ when: "forced" });
  expect(world.entry().phase).toBe("ambiguous");
  return world;
}

test("where no answer is lost there is nothing to try", async () => {
  const console = await consoleAtWork(await World.authorized());
  const { text } = await console.get(PAGE);
  expect(text).toContain("there is no old token to try");
  expect(text).not.toContain("<form");
  expect((await console.post(PAGE)).status).toBe(409);
});

test("a page tells the risk, and when the workflow tries it by itself", async () => {
  const world = await ambiguous("lost");
  const { text } = await (await consoleAtWork(world)).get(PAGE);
  expect(text).toContain("it may end the whole grant. With it could go the access token");
  expect(text).toContain("Left alone, the workflow tries it by itself at");
  expect(text).toContain("Try it now</button>");
});

test("a provider that does no harm is said to do none", async () => {
  const world = await ambiguous("lost", ["rotation: single_use", "reuse: harmless"]);
  const { text } = await (await consoleAtWork(world)).get(PAGE);
  expect(text).toContain("A used refresh token is refused, and that is all.");
  expect(text).not.toContain("With it could go");
});

test("a refresh is not offered then, but the probe is", async () => {
  const { text } = await (await consoleAtWork(await ambiguous("lost"))).get("/credentials/oura/refresh");
  expect(text).not.toContain("<form");
  expect(text).toContain(`href="${PAGE}"`);
});

test("a request that had never arrived ends well", async () => {
  const world = await ambiguous("dropped");
  const console = await consoleAtWork(world);
  playRunner(world, (run) => playJob(world, run));
  const page = await confirm(console, PAGE);
  expect(runsOf(world)[0]?.inputs).toMatchObject({ command: "refresh --probe", credential: "oura" });
  expect(page).toContain("oura is fresh");
  expect(await world.outputWorks()).toBe(true);
});

test("a token that was used up sends a person to authorize again", async () => {
  const world = await ambiguous("lost");
  const console = await consoleAtWork(world);
  playRunner(world, (run) => playJob(world, run, "failure"));
  const page = await confirm(console, PAGE);
  expect(page).toContain("oura has to be authorized again.");
  expect(page).toContain('href="/credentials/oura/authorize"');
  expect((await console.get(PAGE)).text).not.toContain("<form");
});

test("what was tried once is not tried again while its token lives", async () => {
  const world = await ambiguous("lost");
  world.sandbox.authorizationServer.faults.fail("token", DOWN);
  await world.refresh({ probe: "asked" });
  expect(world.entry().phase).toBe("ambiguous");
  const { text } = await (await consoleAtWork(world)).get(PAGE);
  expect(text).toContain("was tried already");
  expect(text).not.toContain("<form");
});
