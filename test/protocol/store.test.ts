import { describe, expect, it, test } from "vitest";
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

test("a store that fails once costs a second try, and a box in the journal meanwhile", async () => {
  const world = await World.authorized();
  world.sandbox.github.faults.fail(ENVELOPE, DOWN);
  expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  expect(world.history().slice(-3)).toEqual([
    "oura: intends to refresh (2)",
    "oura: spent, its box is waiting (transient)",
    "oura: refreshed to generation 2",
  ]);
  expect(world.journalFile("wal/oura.json")).toBeDefined();
});

test("a store that is slow, and takes the envelope in the end, gets a box into the journal meanwhile", async () => {
  const world = await World.authorized();
  const { faults } = world.sandbox.github;
  faults.before(ENVELOPE, () => expect.poll(() => world.journalFile("wal/oura.json")).toBeDefined());
  world.sandbox.authorizationServer.faults.after("token", () => {
    world.clock.othersAreLate = true;
  });
  expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  expect(world.history().at(-2)).toBe("oura: spent, its box is waiting (slow_store)");
});

test("the last box is kept until a job has seen its generation in the store", async () => {
  const world = await World.authorized();
  world.sandbox.github.faults.fail(ENVELOPE, DOWN);
  await world.refresh({ when: "forced" });
  await world.refresh();
  expect(world.journalFile("wal/oura.json")).toBeDefined();
  await world.refresh({ when: "forced" });
  expect(world.journalFile("wal/oura.json")).toBeUndefined();
});

test("an envelope that was taken though its answer was lost is stored once more, and refreshed", async () => {
  const world = await World.authorized();
  world.sandbox.github.faults.fail(ENVELOPE, { kind: "lose_answer" });
  expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  expect(world.refreshes()).toBe(1);
});

test("a key that the store has changed since it was proved costs another sealing", async () => {
  const world = await World.authorized();
  const { authorizationServer, github } = world.sandbox;
  authorizationServer.faults.after("token", () => github.rotateKey(world.store));
  expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  expect(await world.refresh()).toMatchObject({ results: [{ outcome: "fresh", generation: 2 }] });
});

test("a refresh token is not spent when the store takes no canary", async () => {
  const world = await World.authorized();
  world.sandbox.github.faults.fail(putOf("SEALRING_CANARY"), DOWN, Infinity);
  const before = world.history();
  const report = await world.refresh({ when: "forced" });
  expect(report).toMatchObject({ exit: 3, results: [{ outcome: "transient" }] });
  expect([world.refreshes(), world.history()]).toEqual([0, before]);
});

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
    expect(await world.recover()).toMatchObject({ exit: 3, results: [{ outcome: "transient" }] });
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
    expect(await world.recover()).toMatchObject({
      results: [{ outcome: "store_refused", hint: "run: sealring authorize oura" }],
    });
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
    expect(await world.recover()).toMatchObject({ exit: 4, results: [{ outcome: "ambiguous" }] });
    expect(world.envelope()).toBe(before);
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
    expect(await world.recover()).toMatchObject({ results: [{ outcome: "ambiguous" }] });
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

describe("the journal", () => {
  it("that is down before the intent keeps the token unspent", async () => {
    const world = await World.authorized();
    const { faults } = world.sandbox.github;
    faults.before(putOf("SEALRING_CANARY"), () => faults.fail(anyOfJournal, DOWN, Infinity));
    const before = world.history();
    expect(await world.refresh({ when: "forced" })).toMatchObject({
      exit: 3,
      results: [{ outcome: "transient" }],
    });
    expect([world.refreshes(), world.history()]).toEqual([0, before]);
  });

  it("that is down when the token is spent does not keep it from its store, and the next run commits", async () => {
    const world = await World.authorized();
    const { authorizationServer, github } = world.sandbox;
    authorizationServer.faults.after("token", () => github.faults.fail(anyOfJournal, DOWN, Infinity));
    expect(await world.refresh({ when: "forced" })).toMatchObject({ exit: 3 });
    github.faults.clear();
    expect((await world.refresh()).results).toMatchObject([{ outcome: "recovered", generation: 2 }]);
    expect(world.entry()).toMatchObject({ phase: "committed", generation: 2 });
    expect(world.refreshes()).toBe(1);
  });

  it("whose answers to swaps are lost has every swap once", async () => {
    const world = await World.authorized();
    world.sandbox.github.faults.fail("git/update-ref", { kind: "lose_answer" }, 2);
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
    expect(world.history().slice(2)).toEqual([
      "oura: intends to refresh (2)",
      "oura: refreshed to generation 2",
    ]);
  });
});

test("a full disk stops nothing", async () => {
  const disk = new MemoryDisk();
  disk.full = true;
  const world = await World.authorized();
  expect((await world.refresh({ when: "forced", disk })).results).toMatchObject([{ outcome: "refreshed" }]);
});

test("a token answer larger than any secret costs no refresh token", async () => {
  const world = await World.authorized();
  const rewrite = async (answer: Response) => {
    const fields = (await answer.json()) as object;
    return Response.json({ ...fields, id_token: null, padding: '"'.repeat(40_000) });
  };
  world.sandbox.authorizationServer.faults.fail("token", { kind: "rewrite_answer", rewrite });
  expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
});
