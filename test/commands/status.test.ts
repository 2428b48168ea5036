import { describe, expect, it, test } from "vitest";
import { status } from "../../src/commands/status.ts";
import type { StatusRequest } from "../../src/commands/status.ts";
import { encodeEntry } from "../../src/journal/codec.ts";
import { newEntry } from "../../src/journal/entry.ts";
import { anIntent } from "../support/entries.ts";
import { answering, DOWN, putOf } from "../support/misfortunes.ts";
import { envelopeName, World } from "../support/world.ts";

function statusOf(world: World, mode: StatusRequest["mode"] = "check") {
  // Nothing of a job is needed: no secret, and no client.
  const secrets = { read: () => undefined };
  return world.within({ owner: "process", ports: { secrets } }, ({ ports }) =>
    status(ports, { names: [], mode }),
  );
}

test("a credential that nobody has authorized needs a person, with the command", async () => {
  const world = await World.create();
  world.declare({ name: "oura" });
  expect(await statusOf(world, "show")).toMatchObject({ exit: 0 });
  expect(await statusOf(world)).toMatchObject({
    exit: 4,
    results: [{ health: "never_authorized", hint: "run: sealring authorize oura", entry: undefined }],
  });
});

test("a credential in order is fresh, and reading it changes nothing", async () => {
  const world = await World.authorized();
  const before = world.history();
  expect(await statusOf(world)).toMatchObject({
    exit: 0,
    results: [
      { health: "fresh", owner: "data-platform@acme.example", entry: { generation: 1 }, hint: undefined },
    ],
  });
  expect(world.history()).toEqual(before);
});

test("one whose access token has run out is expired", async () => {
  const world = await World.authorized();
  world.clock.passSeconds(31 * 86_400);
  expect(await statusOf(world)).toMatchObject({
    exit: 4,
    results: [
      {
        health: "expired",
        hint: "run: gh workflow run sealring.yml -f credential=oura, and look at its last runs: sealring doctor",
      },
    ],
  });
});

test("one that a run is at is busy", async () => {
  const world = await World.authorized();
  const seen: unknown[] = [];
  world.sandbox.authorizationServer.faults.before("token", async () => {
    seen.push(...(await statusOf(world)).results.map(({ health }) => health));
  });
  await world.refresh({ when: "forced" });
  expect(seen).toEqual(["busy"]);
});

test("one whose box waits is busy: the next run settles it", async () => {
  const world = await World.authorized();
  world.sandbox.github.faults.fail(putOf(envelopeName("oura")), DOWN, Infinity);
  await world.refresh({ when: "forced" });
  expect(await statusOf(world)).toMatchObject({
    exit: 0,
    results: [{ health: "busy", entry: { phase: "spent" } }],
  });
});

test.each([
  ["whose answer was lost", answering(500), "ambiguous"],
  ["whose grant is dead", answering(400, '{"error":"invalid_grant"}'), "needs_person"],
])("one %s needs a person", async (_, fault, health) => {
  const world = await World.authorized();
  world.sandbox.authorizationServer.faults.fail("token", fault);
  await world.refresh({ when: "forced" });
  expect(await statusOf(world)).toMatchObject({
    exit: 4,
    results: [{ health, hint: expect.stringMatching(/^run: sealring authorize oura/) as string }],
  });
});

test("one whose file in the journal is broken needs a person, and hides no other", async () => {
  const world = await World.authorized();
  world.declare({ name: "strava" });
  await world.authorize("strava");
  const { journal } = world.connect();
  const files = new Map([["credentials/oura.json", "{}"]]);
  await journal.swap(await journal.head(), { message: "by hand", files });
  expect(await statusOf(world)).toMatchObject({
    exit: 4,
    results: [{ health: "needs_person" }, { health: "fresh" }],
  });
});

test("a journal that cannot be read is told as such, not as credentials without an authorization", async () => {
  const world = await World.authorized();
  world.sandbox.github.faults.fail("git/get-ref", DOWN, Infinity);
  await expect(statusOf(world)).rejects.toMatchObject({ code: "transient" });
});

describe("a refresh token that ends soon", () => {
  const DAY = 86_400;
  const told = async (lifetime: string, days: number, more: object = {}) => {
    const world = await World.authorized({ rotation: ["rotation: single_use", lifetime], ...more });
    world.clock.passSeconds(days * DAY);
    return statusOf(world);
  };

  it.each([
    ["of age needs a person", "refresh_token_lifetime_seconds: 2592000", 21, 4, "dies_of_age"],
    ["of idleness needs the schedule", "refresh_token_idle_seconds: 2592000", 27, 0, "dies_of_idleness"],
  ])("%s", async (_, lifetime, days, exit, kind) => {
    const report = await told(lifetime, days);
    expect(report).toMatchObject({ exit, results: [{ health: "fresh", warning: { kind } }] });
    const [result] = report.results;
    expect(result?.warning?.at.getTime()).toBe(
      (result?.entry?.authorizedAt?.getTime() ?? 0) + 30 * DAY * 1_000,
    );
  });

  it("is told of an expired credential, too", async () => {
    const report = await told("refresh_token_idle_seconds: 2592000", 31);
    expect(report.results).toMatchObject([{ health: "expired", warning: { kind: "dies_of_idleness" } }]);
  });

  it("is not told while there is time, nor where there is none", async () => {
    const early = await told("refresh_token_lifetime_seconds: 2592000", 19);
    const machine = await told("refresh_token_idle_seconds: 60", 20, { grant: "client_credentials" });
    for (const { exit, results } of [early, machine])
      expect({ exit, results }).toMatchObject({ exit: 0, results: [{ warning: undefined }] });
  });
});

describe("a run that died", () => {
  const died = new Error("the runner went away");
  const http = { send: () => Promise.reject(died) };

  it("leaves its credential busy while consumers can work, and expired when they cannot", async () => {
    const world = await World.authorized();
    await expect(world.refresh({ when: "forced", ports: { http } })).rejects.toThrow(died);
    world.clock.passSeconds(29 * 86_400);
    expect((await statusOf(world)).results).toMatchObject([{ health: "busy" }]);
    world.clock.passSeconds(2 * 86_400);
    expect((await statusOf(world)).results).toMatchObject([{ health: "expired" }]);
  });

  it("may be at it still until an hour after its deadline", async () => {
    const world = await World.authorized();
    world.clock.passSeconds(31 * 86_400);
    await expect(world.refresh({ when: "forced", ports: { http } })).rejects.toThrow(died);
    world.clock.passSeconds(3_900);
    expect((await statusOf(world)).results).toMatchObject([{ health: "busy" }]);
    world.clock.passSeconds(600);
    expect((await statusOf(world)).results).toMatchObject([{ health: "expired" }]);
  });

  it("that was the first authorization leaves it without one", async () => {
    const world = await World.create();
    world.declare({ name: "oura" });
    const openedAt = world.clock.now();
    const deadline = new Date(openedAt.getTime() + 600_000);
    const intent = anIntent({ kind: "authorize", generation: 1, openedAt, deadline });
    const entry = encodeEntry({ ...newEntry("oura"), issued: 1, intent, phase: "intent" });
    const { journal } = world.connect();
    const files = new Map([["credentials/oura.json", entry]]);
    await journal.swap(await journal.head(), { message: "a person begins", files });
    expect((await statusOf(world)).results).toMatchObject([{ health: "busy" }]);
    world.clock.passSeconds(2 * 3_600);
    expect((await statusOf(world)).results).toMatchObject([
      { health: "never_authorized", hint: "run: sealring authorize oura" },
    ]);
  });
});
