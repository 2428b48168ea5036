import { describe, expect, it, test } from "vitest";
import { refresh } from "../../src/commands/refresh.ts";
import { answering, DOWN } from "../support/misfortunes.ts";
import { World } from "../support/world.ts";

test("a credential that is not due is fresh, and its provider is not asked", async () => {
  const world = await World.authorized();
  const report = await world.refresh();
  expect(report).toMatchObject({ exit: 0, results: [{ outcome: "fresh", generation: 1 }] });
  expect(world.refreshes()).toBe(0);
  expect(world.history()).toEqual(["oura: intends to authorize (1)", "oura: authorized as generation 1"]);
});

test("a credential that is due is refreshed: consumers read the new token, and the journal says so", async () => {
  const world = await World.authorized();
  const before = world.output();
  world.untilDue();
  const report = await world.refresh();
  expect(report).toMatchObject({ exit: 0, results: [{ outcome: "refreshed", generation: 2 }] });
  expect(world.output()).not.toBe(before);
  expect(await world.outputWorks()).toBe(true);
  expect(world.entry()).toMatchObject({
    phase: "committed",
    generation: 2,
    intent: undefined,
    scope: ["personal", "daily", "heartrate"],
    expiresAt: report.results[0]?.expiresAt,
  });
});

test("what a person forces is refreshed though it is not due, again and again, each token sent once", async () => {
  const world = await World.authorized();
  for (const generation of [2, 3, 4])
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([
      { outcome: "refreshed", generation },
    ]);
  expect([...world.sandbox.authorizationServer.refreshRequests().values()]).toEqual([1, 1, 1]);
  expect(await world.outputWorks()).toBe(true);
});

test("a dry run says what is due, and neither asks the provider nor writes anything", async () => {
  const world = await World.authorized();
  expect((await world.refresh({ effect: "dry_run" })).results).toMatchObject([{ outcome: "fresh" }]);
  world.untilDue();
  const before = world.history();
  expect((await world.refresh({ effect: "dry_run" })).results).toMatchObject([
    { outcome: "due", generation: 1 },
  ]);
  expect([world.refreshes(), world.history()]).toEqual([0, before]);
});

test("a refresh goes in the protocol's order", async () => {
  const world = await World.authorized();
  const events: string[] = [];
  const { authorizationServer, github } = world.sandbox;
  authorizationServer.faults.before(
    () => true,
    ({ operation }) => void events.push(operation),
  );
  github.faults.before(
    ({ method }) => method === "PUT" || method === "PATCH",
    ({ target }) => void events.push(target.split("/").at(-1) ?? ""),
  );
  await world.refresh({ when: "forced" });
  expect(events).toEqual([
    "SEALRING_CANARY",
    "sealring-state",
    "token",
    "SEALRING_CREDENTIAL_OURA",
    "OURA_ACCESS_TOKEN",
    "sealring-state",
  ]);
});

test("nothing is said before every secret of the job is masked", async () => {
  const world = await World.authorized();
  await world.within({}, async ({ ports, progress }) => {
    const old = world.output() ?? "";
    await refresh(ports, { names: [], when: "forced", probe: "not_asked", effect: "real" });
    expect(progress.masked).toEqual(expect.arrayContaining([old, world.output()]));
    const { answer, key } = JSON.parse(world.envelope() ?? "") as { answer: { body: string }; key: string };
    const { refresh_token: refreshToken } = JSON.parse(answer.body) as { refresh_token: string };
    expect(progress.masked).toEqual(expect.arrayContaining([key, refreshToken]));
  });
});

describe("of several credentials", () => {
  const names = ["oura", "polar", "strava"];

  async function several(): Promise<World> {
    const world = await World.create();
    for (const name of names) {
      world.declare({ name });
      await world.authorize(name);
    }
    return world;
  }

  it("intents and commits share commits of the journal", async () => {
    const world = await several();
    const before = world.history().length;
    const report = await world.refresh({ when: "forced" });
    expect(report.results.map(({ credential, outcome }) => [credential, outcome])).toEqual(
      names.map((name) => [name, "refreshed"]),
    );
    const added = world.history().length - before;
    expect(added).toBeGreaterThanOrEqual(2);
    expect(added).toBeLessThan(2 * names.length);
    expect(names.map((name) => world.entry(name).generation)).toEqual([2, 2, 2]);
  });

  it("only the named ones are refreshed, each once", async () => {
    const world = await several();
    const report = await world.refresh({ when: "forced", names: ["strava", "strava"] });
    expect(report.results.map(({ credential }) => credential)).toEqual(["strava"]);
    expect(world.refreshes()).toBe(1);
  });

  it("one that fails stops no other, and the gravest exit is the command's", async () => {
    const world = await several();
    const { faults } = world.sandbox.authorizationServer;
    faults.fail("token", answering(400, '{"error":"invalid_grant"}'));
    const report = await world.refresh({ when: "forced" });
    expect(report.results.map(({ outcome }) => outcome).toSorted()).toEqual([
      "reauthorization_required",
      "refreshed",
      "refreshed",
    ]);
    expect(report.exit).toBe(4);
  });

  it("one whose file in the journal is broken stops no other", async () => {
    const world = await several();
    const { journal } = world.connect();
    const files = new Map([["credentials/oura.json", "<<<<<<< ours"]]);
    await journal.swap(await journal.head(), { message: "by hand", files });
    const report = await world.refresh({ when: "forced" });
    expect(report.results.map(({ outcome }) => outcome)).toEqual([
      "reauthorization_required",
      "refreshed",
      "refreshed",
    ]);
    expect(world.journalFile("credentials/oura.json")).toBe("<<<<<<< ours");
    await world.authorize("oura");
    expect(world.entry().phase).toBe("committed");
  });

  it("a name that no file declares is a fault of usage, and tells those that are declared", async () => {
    const world = await several();
    await expect(world.refresh({ names: ["ouro"] })).rejects.toMatchObject({
      code: "usage",
      hint: "declared are: oura, polar, strava",
    });
  });
});

test("a faulty declaration stops the command before anything is asked of anybody", async () => {
  const world = await World.authorized();
  world.declarations.set("oura", "version: 1\nname: other\n");
  const asked = world.sandbox.github.log.length;
  const report = await world.refresh();
  expect(report).toMatchObject({ exit: 2, results: [] });
  expect(report.faults.length).toBeGreaterThan(0);
  expect(world.sandbox.github.log.length).toBe(asked);
});

describe("destinations", () => {
  const destinations = ["{ repository: acme/health-pipeline }", "{ repository: acme/dashboards }"];
  const atDashboards = (target: string) => target.startsWith("/repos/acme/dashboards/");

  it("that are down stop no other, are on record, and get the same token from the next run", async () => {
    const world = await World.authorized({ destinations });
    const there = { kind: "repository", repository: "acme/dashboards", app: "actions" } as const;
    const { github, authorizationServer } = world.sandbox;
    const before = github.revealSecret(there, "OURA_ACCESS_TOKEN");
    github.faults.fail(({ target }) => atDashboards(target), DOWN, Infinity);
    const report = await world.refresh({ when: "forced" });
    expect(report).toMatchObject({ exit: 5, results: [{ outcome: "refreshed", generation: 2 }] });
    expect(report.results[0]?.destinations.map(({ outcome }) => outcome)).toEqual(["updated", "transient"]);
    expect(github.revealSecret(there, "OURA_ACCESS_TOKEN")).toBe(before);
    expect(world.entry()).toMatchObject({
      phase: "committed",
      unpublished: ["actions secrets of acme/dashboards OURA_ACCESS_TOKEN"],
    });
    github.faults.clear();
    expect(await world.refresh()).toMatchObject({ exit: 0, results: [{ outcome: "fresh", generation: 2 }] });
    expect(github.revealSecret(there, "OURA_ACCESS_TOKEN")).toBe(world.output());
    expect(world.entry()).toMatchObject({
      unpublished: [],
      generation: 2,
      phase: "committed",
      intent: undefined,
    });
    expect(authorizationServer.refreshRequests().size).toBe(1);
  });

  it("get every declared field of the token set that there is", async () => {
    const world = await World.authorized({
      outputs: { A: "access_token", E: "expires_at", S: "scope", T: "token_type", I: "id_token" },
    });
    expect(["E", "S", "T", "I"].map((name) => world.output(name))).toEqual([
      world.entry().expiresAt?.toISOString(),
      "personal daily heartrate",
      "bearer",
      undefined,
    ]);
    const { results } = await world.refresh({ when: "forced" });
    expect(results).toMatchObject([{ outcome: "refreshed", exit: 0 }]);
    expect(results[0]?.destinations.find(({ secret }) => secret === "I")?.outcome).toBe("skipped");
  });
});

test("a client credentials grant is refreshed without a refresh token", async () => {
  const world = await World.authorized({ grant: "client_credentials", rotation: [] });
  const before = world.output();
  expect((await world.refresh({ when: "forced" })).results).toMatchObject([
    { outcome: "refreshed", generation: 2 },
  ]);
  expect(world.output()).not.toBe(before);
});
