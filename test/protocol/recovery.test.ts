import { describe, expect, it } from "vitest";
import { Secret } from "../../src/secret.ts";
import { MemoryDisk } from "../support/job-ports.ts";
import { answering, DOWN, putOf } from "../support/misfortunes.ts";
import { overwriteEnvelope } from "../support/vandals.ts";
import { envelopeName, World } from "../support/world.ts";

const ENVELOPE = putOf(envelopeName("oura"));

describe("an envelope that somebody put back over a newer one", () => {
  /** Refreshed once, then the envelope before it is in the secret again. */
  async function overwritten(artifact: "uploaded" | "none"): Promise<World> {
    const world = await World.authorized();
    const old = world.envelope() ?? "";
    await world.refresh({ when: "forced", artifact });
    await overwriteEnvelope(world, old);
    world.clock.passSeconds(3_600);
    return world;
  }

  it("is replaced by the last one's box, from the run that obtained it", async () => {
    const world = await overwritten("uploaded");
    expect((await world.refresh()).results).toMatchObject([{ outcome: "recovered", generation: 2 }]);
    expect((await world.refresh()).results).toMatchObject([{ outcome: "fresh", generation: 2 }]);
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
    expect(world.refreshes()).toBe(2);
    expect(await world.outputWorks()).toBe(true);
  });

  it("needs a person where the box is gone, and is not used", async () => {
    const world = await overwritten("none");
    const report = await world.refresh({ when: "forced" });
    expect(report.results).toMatchObject([{ outcome: "reauthorization_required" }]);
    expect(world.refreshes()).toBe(1);
    expect(world.entry().error?.code).toBe("envelope_overwritten");
  });

  it("needs a person where it is older still: no box in reach is authentic under it", async () => {
    const world = await World.authorized();
    const first = world.envelope() ?? "";
    for (let run = 0; run < 2; run += 1) await world.refresh({ when: "forced", artifact: "uploaded" });
    await overwriteEnvelope(world, first);
    world.clock.passSeconds(3_600);
    expect((await world.refresh()).results).toMatchObject([{ outcome: "reauthorization_required" }]);
    expect(world.refreshes()).toBe(2);
  });
});

describe("a box that is nowhere but in the run's artifact", () => {
  it("is replayed from there when store and journal were down until the job ended", async () => {
    const world = await World.authorized();
    const { authorizationServer, github } = world.sandbox;
    authorizationServer.faults.after("token", () => github.faults.fail(() => true, DOWN, Infinity));
    const report = await world.refresh({ when: "forced", artifact: "uploaded" });
    expect(report).toMatchObject({ exit: 5, results: [{ outcome: "pending" }] });
    github.faults.clear();
    expect(world.journalFile("wal/oura.json")).toBeUndefined();
    expect((await world.refresh()).results).toMatchObject([{ outcome: "recovered", generation: 2 }]);
    expect((await world.refresh()).results).toMatchObject([{ outcome: "fresh", generation: 2 }]);
    expect([world.refreshes(), await world.outputWorks()]).toEqual([1, true]);
  });

  it("goes into the journal where the store is still down when it is found", async () => {
    const world = await World.authorized();
    const { authorizationServer, github } = world.sandbox;
    authorizationServer.faults.after("token", () => github.faults.fail(() => true, DOWN, Infinity));
    await world.refresh({ when: "forced", artifact: "uploaded" });
    github.faults.clear();
    github.faults.fail(ENVELOPE, DOWN, Infinity);
    expect((await world.recover()).results).toMatchObject([{ outcome: "pending", exit: 5 }]);
    expect(world.journalFile("wal/oura.json")).toBeDefined();
    github.faults.clear();
    expect((await world.recover()).results).toMatchObject([{ outcome: "recovered", generation: 2 }]);
  });
});

const LONG = new Secret("s".repeat(49_200));
const TOKENS = '{"access_token":"at","refresh_token":"rt","token_type":"bearer","expires_in":3600}';

describe("an authorization whose tokens the store did not take", () => {
  async function waiting(disk: MemoryDisk): Promise<World> {
    const world = await World.create();
    world.declare({ name: "oura" });
    world.sandbox.github.faults.fail(ENVELOPE, DOWN, Infinity);
    expect(await world.authorize("oura", { disk })).toMatchObject({ exit: 5 });
    world.sandbox.github.faults.clear();
    return world;
  }

  it("is ended by a recovery on the same machine, without the person", async () => {
    const disk = new MemoryDisk();
    const world = await waiting(disk);
    const report = await world.recover({ owner: "process", disk });
    expect(report).toMatchObject({ exit: 0, results: [{ outcome: "recovered", generation: 1 }] });
    expect(world.entry().authorizedAt).toBeDefined();
    expect((await world.refresh()).results).toMatchObject([{ outcome: "fresh", generation: 1 }]);
    expect(await world.outputWorks()).toBe(true);
  });

  it("is kept though the client secret is too long to be sealed beside it", async () => {
    const world = await World.create();
    const post = "token_endpoint_auth_methods_supported: [client_secret_post]";
    world.declare({ name: "oura", rotation: ["rotation: single_use", post] });
    const disk = new MemoryDisk();
    const secrets = { read: (name: string) => (name === "OURA_CLIENT_SECRET" ? LONG : undefined) };
    world.sandbox.authorizationServer.faults.fail("token", answering(200, TOKENS));
    await world.authorize("oura", { disk, ports: { secrets } });
    expect(world.entry()).toMatchObject({ generation: 1, phase: "committed" });
  });

  it("stays where it is for a job, which cannot know who wrote the box", async () => {
    const disk = new MemoryDisk();
    const world = await waiting(disk);
    expect((await world.recover({ disk })).results).toMatchObject([{ outcome: "reauthorization_required" }]);
    expect(world.envelope()).toBeUndefined();
  });

  it("is over once somebody has authorized again: an older one is never put over a newer", async () => {
    const disk = new MemoryDisk();
    const world = await waiting(disk);
    const box = disk.boxes.get("oura") ?? "";
    await world.authorize("oura");
    disk.boxes.set("oura", box);
    await world.recover({ owner: "process", disk });
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
    expect(world.entry().generation).toBe(3);
  });
});
