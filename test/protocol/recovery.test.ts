import { generateIdentity, identityToRecipient } from "age-encryption";
import { beforeAll, describe, expect, it } from "vitest";
import { Secret } from "../../src/secret.ts";
import { MemoryDisk } from "../support/job-ports.ts";
import { DOWN, putOf } from "../support/misfortunes.ts";
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

describe("with a recovery recipient", () => {
  let identity: Secret;
  let recipient: string;

  beforeAll(async () => {
    const generated = await generateIdentity();
    identity = new Secret(`# created: 2026-11-22\n${generated}\n`);
    recipient = await identityToRecipient(generated);
  });

  async function withRecipient(): Promise<World> {
    const world = await World.create();
    world.project = `version: 1\nrecovery: { recipient: ${recipient} }\n`;
    world.declare({ name: "oura" });
    await world.authorize("oura");
    return world;
  }

  it("a box that GitHub cannot open any more is opened by the people who hold the identity", async () => {
    const world = await withRecipient();
    world.sandbox.github.faults.fail(ENVELOPE, DOWN, Infinity);
    await world.refresh({ when: "forced" });
    world.sandbox.github.faults.clear();
    world.sandbox.github.rotateKey(world.store);
    const [stuck] = (await world.refresh()).results;
    expect(stuck).toMatchObject({ outcome: "reauthorization_required" });
    expect(stuck?.hint).toContain("sealring recover --identity");
    const report = await world.recover({ owner: "process" }, identity);
    expect(report).toMatchObject({ exit: 0, results: [{ outcome: "recovered", generation: 2 }] });
    expect((await world.refresh()).results).toMatchObject([{ outcome: "fresh", generation: 2 }]);
    expect([world.refreshes(), await world.outputWorks()]).toEqual([1, true]);
  });

  it("an envelope that somebody deleted comes back from the artifact of the run that obtained it", async () => {
    const world = await withRecipient();
    await world.refresh({ when: "forced", artifact: "uploaded" });
    await world.connect().stores.delete(world.store, envelopeName("oura"));
    expect((await world.refresh()).results).toMatchObject([{ outcome: "reauthorization_required" }]);
    const report = await world.recover({ owner: "process" }, identity);
    expect(report).toMatchObject({ exit: 0, results: [{ outcome: "recovered", generation: 2 }] });
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  });

  it("what the journal holds is opened though the artifacts cannot be asked", async () => {
    const world = await withRecipient();
    world.sandbox.github.faults.fail(ENVELOPE, DOWN, Infinity);
    await world.refresh({ when: "forced" });
    world.sandbox.github.faults.clear();
    world.sandbox.github.faults.fail(({ operation }) => operation.includes("artifact"), DOWN, Infinity);
    const report = await world.recover({ owner: "process" }, identity);
    expect(report).toMatchObject({ exit: 0, results: [{ outcome: "recovered", generation: 2 }] });
  });

  it("another identity opens nothing, and says so", async () => {
    const world = await withRecipient();
    world.sandbox.github.faults.fail(ENVELOPE, DOWN, Infinity);
    await world.refresh({ when: "forced" });
    world.sandbox.github.faults.clear();
    const other = new Secret(await generateIdentity());
    const report = await world.recover({ owner: "process" }, other);
    expect(report).toMatchObject({ exit: 4, results: [{ outcome: "reauthorization_required" }] });
    expect(world.entry()).toMatchObject({ phase: "spent", generation: 1 });
  });

  it("a file that holds no identity is refused by its form, and its text is not shown", async () => {
    const world = await withRecipient();
    const wrong = world.recover({ owner: "process" }, new Secret("AGE-SECRET-KEY-1QQQQ"));
    await expect(wrong).rejects.toMatchObject({ code: "usage" });
    await expect(wrong).rejects.not.toThrow("QQQQ");
  });

  it("a recipient with a slip in it is found before anything is spent", async () => {
    const world = await World.create();
    world.project = `version: 1\nrecovery: { recipient: ${recipient.slice(0, -1)}${recipient.endsWith("q") ? "p" : "q"} }\n`;
    world.declare({ name: "oura" });
    await expect(world.authorize("oura")).rejects.toMatchObject({ code: "usage" });
    expect(world.history()).toEqual([]);
  });
});
