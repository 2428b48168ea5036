import { expect, test } from "vitest";
import { status } from "../../src/commands/status.ts";
import type { StatusRequest } from "../../src/commands/status.ts";
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
  expect((await statusOf(world)).results).toMatchObject([{ health: "expired" }]);
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
    results: [{ health, hint: "run: sealring authorize oura" }],
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
