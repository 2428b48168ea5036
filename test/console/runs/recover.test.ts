import { expect, test } from "vitest";
import { MemoryDisk } from "../../support/job-ports.ts";
import { DOWN, putOf } from "../../support/misfortunes.ts";
import { envelopeName, World } from "../../support/world.ts";
import { confirm, consoleAtWork, playJob, playRunner, runsOf } from "./at-work.ts";

const PAGE = "/credentials/oura/recover";

/** One that somebody authorized, whose tokens GitHub has not taken. */
async function authorizedWithoutStore(disk: MemoryDisk): Promise<World> {
  const world = await World.create();
  world.declare({ name: "oura" });
  world.sandbox.github.faults.fail(putOf(envelopeName("oura")), DOWN, Infinity);
  await world.authorize("oura", { disk });
  world.sandbox.github.faults.clear();
  return world;
}

test("where all is settled, nothing is offered", async () => {
  const world = await World.authorized();
  const { text } = await (await consoleAtWork(world)).get(PAGE);
  expect(text).toContain("Nothing waits");
  expect(text).not.toContain("<form");
});

test("tokens on this machine's disk are stored from here, and no workflow is started", async () => {
  const disk = new MemoryDisk();
  const world = await authorizedWithoutStore(disk);
  const console = await consoleAtWork(world, { disk });
  expect((await console.get(PAGE)).text).toContain("This machine has its new tokens");
  const page = await confirm(console, PAGE);
  expect(page).toContain("its sealed box is in the store");
  expect(page).toContain(`href="${PAGE}"`);
  expect(world.envelope()).toBeDefined();
  expect(runsOf(world)).toEqual([]);
  playRunner(world, (run) => playJob(world, run));
  expect((await console.get(PAGE)).text).toContain("It writes what a destination has not taken yet");
  expect(await confirm(console, PAGE)).toContain("oura is settled.");
  expect(await world.outputWorks()).toBe(true);
});

test("tokens on somebody else's disk are left to them", async () => {
  const world = await authorizedWithoutStore(new MemoryDisk());
  const { text } = await (await consoleAtWork(world)).get(PAGE);
  expect(text).toContain("on the machine where somebody authorized it");
  expect(text).not.toContain("<form");
});

test("a box in the journal is stored by the workflow, which settles its neighbours, too", async () => {
  const world = await World.authorized();
  world.declare({ name: "strava" });
  world.sandbox.github.faults.fail(putOf(envelopeName("oura")), DOWN, Infinity);
  await world.refresh({ when: "forced", names: ["oura"] });
  world.sandbox.github.faults.clear();
  const console = await consoleAtWork(world);
  const { text } = await console.get(PAGE);
  expect(text).toContain("sealed box that an earlier run left in the journal");
  expect(text).toMatch(/the same for the other credentials in the environment [a-z-]+: strava/);
  playRunner(world, (run) => playJob(world, run));
  const page = await confirm(console, PAGE);
  expect(runsOf(world)[0]?.inputs).toMatchObject({ command: "recover", credential: "oura" });
  expect(page).toContain("oura is fresh");
  expect(world.refreshes()).toBe(1);
});
