import { describe, expect, it, test } from "vitest";
import { MemoryDisk } from "../support/job-ports.ts";
import { anyOfJournal, DOWN, putOf } from "../support/misfortunes.ts";
import { envelopeName, World } from "../support/world.ts";

const ENVELOPE = putOf(envelopeName("oura"));

test("a store that fails once costs a second try, and a box in the journal meanwhile", async () => {
  const world = await World.authorized();
  world.sandbox.github.faults.fail(ENVELOPE, DOWN);
  expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  expect(world.history().slice(-3)).toEqual([
    "oura: intends to refresh (2)",
    "oura: spent generation 2, its box is waiting (transient)",
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
  expect(world.history().at(-2)).toBe("oura: spent generation 2, its box is waiting (slow_store)");
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
    expect(await world.refresh({ when: "forced" })).toMatchObject({
      exit: 5,
      results: [{ outcome: "refreshed", generation: 2, hint: "nothing to do: the next run tells it" }],
    });
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
