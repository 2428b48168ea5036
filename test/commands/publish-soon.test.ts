import { describe, expect, it } from "vitest";
import { refresh } from "../../src/commands/refresh.ts";
import { MemoryDisk } from "../support/job-ports.ts";
import { DOWN, putOf } from "../support/misfortunes.ts";
import { envelopeName, World } from "../support/world.ts";

const SCHEDULED = { ports: { scheduledBy: "sealring.yml" } };

/** A credential whose last envelope waits in the journal's write-ahead log. */
async function waiting(): Promise<World> {
  const world = await World.authorized();
  const { faults } = world.sandbox.github;
  faults.fail(putOf(envelopeName("oura")), DOWN, Infinity);
  await world.refresh({ when: "forced", disk: new MemoryDisk() });
  expect(world.entry()).toMatchObject({ phase: "spent" });
  faults.clear();
  return world;
}

const dispatches = (world: World) =>
  world.sandbox.github.log.filter(({ target }) => target.endsWith("/dispatches")).map(({ body }) => body);

describe("a scheduled run that puts a box into its store", () => {
  it("starts the run that can read it, once, so that consumers need not wait for the schedule", async () => {
    const world = await waiting();
    expect((await world.refresh(SCHEDULED)).results).toMatchObject([{ outcome: "recovered" }]);
    expect(dispatches(world)).toMatchObject([{ inputs: { command: "refresh", credential: "oura" } }]);
    expect((await world.refresh()).results).toMatchObject([{ outcome: "fresh", exit: 0 }]);
    expect(await world.outputWorks()).toBe(true);
    await world.refresh(SCHEDULED);
    expect(dispatches(world)).toHaveLength(1);
  });

  it("says so where it may not, and has done its work all the same", async () => {
    const world = await waiting();
    world.sandbox.github.faults.fail(({ target }) => target.endsWith("/dispatches"), DOWN, Infinity);
    await world.within(SCHEDULED, async (job) => {
      const request = { names: [], when: "due", probe: "not_asked", effect: "real" } as const;
      expect((await refresh(job.ports, request)).exit).toBe(0);
      expect(job.progress.lines.join("\n")).toContain("sealring.yml could not be started to publish oura");
    });
  });
});

it("a run that somebody started by hand starts no other", async () => {
  const world = await waiting();
  expect((await world.refresh()).results).toMatchObject([{ outcome: "recovered" }]);
  expect(dispatches(world)).toEqual([]);
});
