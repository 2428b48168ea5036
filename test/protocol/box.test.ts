import { describe, expect, it } from "vitest";
import { Secret } from "../../src/secret.ts";
import { createSealer } from "../../src/stores/sealer.ts";
import { MemoryDisk } from "../support/job-ports.ts";
import { anyOfJournal, DOWN, putOf } from "../support/misfortunes.ts";
import { envelopeName, World } from "../support/world.ts";

const ENVELOPE = putOf(envelopeName("oura"));

/** Authorized, and then refreshed while the store takes no envelope. */
async function pending(options: Parameters<World["refresh"]>[0] = {}): Promise<World> {
  const world = await World.authorized();
  world.sandbox.github.faults.fail(ENVELOPE, DOWN, Infinity);
  const report = await world.refresh({ when: "forced", ...options });
  expect(report).toMatchObject({ exit: 5, results: [{ outcome: "pending" }] });
  world.sandbox.github.faults.clear();
  return world;
}

describe("a store that is down for good", () => {
  it("leaves the box in the journal, and on disk, and consumers their old token", async () => {
    const disk = new MemoryDisk();
    const world = await pending({ disk });
    expect(world.entry()).toMatchObject({ phase: "spent", generation: 1, intent: { generation: 2 } });
    expect(disk.boxes.get("oura")).toBe(world.journalFile("wal/oura.json"));
    expect(await world.outputWorks()).toBe(true);
  });

  it("is recovered from the journal by another run, whose next one publishes", async () => {
    const world = await pending();
    const old = world.output();
    const report = await world.recover();
    expect(report).toMatchObject({ exit: 0, results: [{ outcome: "recovered", generation: 2 }] });
    expect(world.entry()).toMatchObject({ phase: "committed", generation: 2, intent: undefined });
    expect(world.output()).toBe(old);
    expect((await world.refresh()).results).toMatchObject([{ outcome: "fresh", generation: 2, exit: 0 }]);
    expect(world.output()).not.toBe(old);
    expect(await world.outputWorks()).toBe(true);
    expect(world.refreshes()).toBe(1);
  });

  it("leaves no doubt about the expiry once the outputs of its box are published", async () => {
    const world = await pending();
    await world.recover();
    const { results } = await world.refresh();
    expect(world.entry()).toMatchObject({
      expiresAt: results[0]?.expiresAt,
      scope: ["personal", "daily", "heartrate"],
    });
    expect(world.entry().expiresAt).toBeDefined();
  });

  it("is recovered by a refresh, too", async () => {
    const world = await pending();
    expect((await world.refresh()).results).toMatchObject([{ outcome: "recovered", generation: 2 }]);
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
    expect([...world.sandbox.authorizationServer.refreshRequests().values()]).toEqual([1, 1]);
  });

  it("is recovered when it is up again though the first try to replay fails", async () => {
    const world = await pending();
    world.sandbox.github.faults.fail(ENVELOPE, DOWN);
    expect(await world.recover()).toMatchObject({ exit: 5, results: [{ outcome: "pending" }] });
    expect((await world.recover()).results).toMatchObject([{ outcome: "recovered", generation: 2 }]);
  });

  it("is recovered from the disk of the same machine, journal or not", async () => {
    const disk = new MemoryDisk();
    const world = await World.authorized();
    const { authorizationServer, github } = world.sandbox;
    authorizationServer.faults.after("token", () => {
      github.faults.fail(anyOfJournal, DOWN, Infinity);
      github.faults.fail(ENVELOPE, DOWN, Infinity);
    });
    expect(await world.refresh({ when: "forced", disk })).toMatchObject({ exit: 5 });
    github.faults.clear();
    expect((await world.recover({ disk })).results).toMatchObject([{ outcome: "recovered", generation: 2 }]);
    await world.refresh();
    expect(await world.outputWorks()).toBe(true);
  });

  it("gets its box into the journal as soon as that takes one, be it at the very last try", async () => {
    const world = await World.authorized();
    const { authorizationServer, github } = world.sandbox;
    const disk = new MemoryDisk();
    disk.full = true;
    let tries = 0;
    authorizationServer.faults.after("token", () => {
      github.faults.fail(anyOfJournal, DOWN, Infinity);
      github.faults.fail(
        (request) => {
          if (typeof ENVELOPE === "string" || !ENVELOPE(request)) return false;
          if ((tries += 1) === 5) {
            github.faults.clear();
            github.faults.fail(ENVELOPE, DOWN, Infinity);
          }
          return true;
        },
        DOWN,
        Infinity,
      );
    });
    expect(await world.refresh({ when: "forced", disk })).toMatchObject({ exit: 5 });
    github.faults.clear();
    expect((await world.recover()).results).toMatchObject([{ outcome: "recovered", generation: 2 }]);
  });

  it("keeps a box that it can be opened with, though its key has changed before it went down", async () => {
    const world = await World.authorized();
    const { authorizationServer, github } = world.sandbox;
    authorizationServer.faults.after("token", () => github.rotateKey(world.store));
    github.faults.after(ENVELOPE, () => github.faults.fail(ENVELOPE, DOWN, Infinity));
    const disk = new MemoryDisk();
    expect(await world.refresh({ when: "forced", disk })).toMatchObject({ exit: 5 });
    github.faults.clear();
    expect(disk.boxes.get("oura")).toBe(world.journalFile("wal/oura.json"));
    expect((await world.recover()).results).toMatchObject([{ outcome: "recovered", generation: 2 }]);
    await world.refresh();
    expect(await world.outputWorks()).toBe(true);
  });

  it("costs a person an authorization when its key changes while the box waits", async () => {
    const world = await pending();
    world.sandbox.github.rotateKey(world.store);
    for (let run = 0; run < 2; run += 1) {
      expect(await world.recover()).toMatchObject({
        exit: 4,
        results: [{ outcome: "reauthorization_required", hint: "run: sealring authorize oura" }],
      });
    }
    await world.authorize("oura");
    expect((await world.refresh()).results).toMatchObject([{ outcome: "fresh" }]);
  });

  it("is nobody else's while the run that spent is still at it, past its deadline too", async () => {
    const world = await World.authorized();
    const { github } = world.sandbox;
    const outcomes: string[] = [];
    github.faults.fail(ENVELOPE, DOWN);
    github.faults.before(ENVELOPE, async () => {
      world.clock.passSeconds(3_600);
      outcomes.push(...(await world.refresh({ when: "forced" })).results.map(({ outcome }) => outcome));
    });
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
    expect(outcomes).toEqual(["transient"]);
  });
});

describe("a box in the journal", () => {
  async function withBox(text: (box: string) => string): Promise<World> {
    const world = await pending();
    const { journal } = world.connect();
    const box = text(world.journalFile("wal/oura.json") ?? "");
    await journal.swap(await journal.head(), {
      message: "by hand",
      files: new Map([["wal/oura.json", box]]),
    });
    return world;
  }

  it.each<[string, (box: string) => string]>([
    ["was altered", (box) => box.replace('"ciphertext":"', '"ciphertext":"AAAA')],
    ["is no box", () => "{}"],
    ["is empty", () => ""],
  ])("that %s is not replayed, and its token is not spent again", async (_, text) => {
    const world = await withBox(text);
    const before = world.envelope();
    expect(await world.recover()).toMatchObject({
      exit: 4,
      results: [{ outcome: "reauthorization_required" }],
    });
    expect(world.envelope()).toBe(before);
    await world.refresh({ probe: "asked", when: "forced" });
    expect(world.refreshes()).toBe(1);
  });

  it("that somebody sealed to the store's key, with tokens of their own, is not replayed", async () => {
    const world = await pending();
    const { journal, stores } = world.connect();
    const sealed = await createSealer(stores).seal(world.store, new Secret(world.envelope() ?? ""));
    const { mac, ...box } = JSON.parse(world.journalFile("wal/oura.json") ?? "") as Record<string, unknown>;
    const forged = JSON.stringify({ ...box, sealed, mac });
    await journal.swap(await journal.head(), {
      message: "forged",
      files: new Map([["wal/oura.json", forged]]),
    });
    const before = world.envelope();
    expect(await world.recover()).toMatchObject({ results: [{ outcome: "reauthorization_required" }] });
    expect(world.envelope()).toBe(before);
  });

  it("is not for a process outside the workflow: it sends nothing, and leaves the box to a run", async () => {
    const world = await pending();
    const secrets = world.job().ports.secrets;
    for (const probe of ["not_asked", "asked"] as const) {
      const report = await world.refresh({ owner: "process", probe, ports: { secrets } });
      expect(report).toMatchObject({ exit: 5, results: [{ outcome: "pending" }] });
    }
    expect(world.refreshes()).toBe(1);
    expect((await world.recover()).results).toMatchObject([{ outcome: "recovered", generation: 2 }]);
  });
});
