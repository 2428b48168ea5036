import { describe, expect, it, test } from "vitest";
import { revoke } from "../../src/commands/revoke.ts";
import { answering, DOWN, putOf } from "../support/misfortunes.ts";
import { envelopeName, World } from "../support/world.ts";

const AT = (repository: string) => ({ kind: "repository", repository, app: "actions" }) as const;
const HERE = "{ repository: acme/health-pipeline }";

describe("an output or a destination that is declared later", () => {
  async function widened(more: Parameters<World["declare"]>[0]): Promise<World> {
    const world = await World.authorized();
    world.sandbox.github.addRepository("acme/later");
    world.declare(more);
    return world;
  }

  it("has its token at the next run, without a refresh", async () => {
    const destinations = [HERE, "{ repository: acme/later }"];
    const world = await widened({ name: "oura", destinations });
    const { results } = await world.refresh();
    expect(results).toMatchObject([{ outcome: "fresh", generation: 1, exit: 0 }]);
    expect(world.sandbox.github.revealSecret(AT("acme/later"), "OURA_ACCESS_TOKEN")).toBe(world.output());
    expect(world.refreshes()).toBe(0);
    expect(world.entry().published.map(({ target }) => target)).toContainEqual(AT("acme/later"));
  });

  it("is written once", async () => {
    const world = await widened({
      name: "oura",
      outputs: { OURA_ACCESS_TOKEN: "access_token", E: "expires_at" },
    });
    await world.refresh();
    const { log } = world.sandbox.github;
    const before = log.length;
    await world.refresh();
    const writes = log.slice(before).filter(({ method }) => method === "PUT");
    expect(writes.map(({ target }) => target)).toEqual([]);
  });

  it("of which the provider gives nothing is not tried again with every run", async () => {
    const world = await widened({
      name: "oura",
      outputs: { OURA_ACCESS_TOKEN: "access_token", I: "id_token" },
    });
    await world.refresh();
    const before = world.history().length;
    await world.refresh();
    expect(world.history()).toHaveLength(before);
  });
});

test("a destination that is declared no more stays on record, to be pruned", async () => {
  const world = await World.authorized({ destinations: [HERE, "{ repository: acme/dashboards }"] });
  world.declare({ name: "oura" });
  await world.refresh({ when: "forced" });
  expect(world.entry().published.map(({ target }) => target)).toContainEqual(AT("acme/dashboards"));
});

test("the journal says when each output was last written, and how large the envelope is", async () => {
  const world = await World.authorized();
  world.untilDue();
  const now = world.clock.now();
  await world.refresh();
  const { published, envelopeBytes } = world.entry();
  expect(published).toHaveLength(1);
  expect(published[0]?.at.getTime()).toBeGreaterThanOrEqual(now.getTime());
  expect(envelopeBytes).toBe(Buffer.byteLength(world.envelope() ?? ""));
});

test("a revocation takes what it removed off the record, and leaves what it could not", async () => {
  const world = await World.authorized({ destinations: [HERE, "{ repository: acme/dashboards }"] });
  const { faults } = world.sandbox.github;
  faults.fail(({ method, target }) => method === "DELETE" && target.includes("/dashboards/"), DOWN, Infinity);
  await world.within({}, ({ ports }) => revoke(ports, "oura"));
  expect(world.entry().published.map(({ target }) => target)).toEqual([AT("acme/dashboards")]);
});

describe("thirty repositories, of which one refuses and one is down,", () => {
  const names = Array.from({ length: 30 }, (_, index) => `acme/r${String(index)}`);

  it("are each told apart, the others have the token, and a store's key is asked for once", async () => {
    const outputs = { OURA_ACCESS_TOKEN: "access_token", OURA_EXPIRES_AT: "expires_at" };
    const world = await World.create();
    const { github } = world.sandbox;
    for (const name of names) github.addRepository(name);
    world.declare({ name: "oura", outputs, destinations: names.map((name) => `{ repository: ${name} }`) });
    await world.authorize("oura");
    github.faults.fail(({ target }) => target.startsWith("/repos/acme/r7/"), answering(403), Infinity);
    github.faults.fail(({ target }) => target.startsWith("/repos/acme/r9/"), DOWN, Infinity);
    const before = github.log.length;
    const { exit, results } = await world.refresh({ when: "forced" });
    const outcomes = results[0]?.destinations.map(({ target, outcome }) => [
      target.kind === "repository" ? target.repository : "",
      outcome,
    ]);
    expect([exit, outcomes?.length]).toEqual([5, 60]);
    expect(outcomes?.filter(([, outcome]) => outcome !== "updated")).toEqual([
      ["acme/r7", "store_refused"],
      ["acme/r7", "store_refused"],
      ["acme/r9", "transient"],
      ["acme/r9", "transient"],
    ]);
    const keys = github.log.slice(before).filter(({ target }) => target.endsWith("/public-key"));
    const repeated = new Set(["r7", "r9"].map((name) => `/repos/acme/${name}/actions/secrets/public-key`));
    const stores = keys.map(({ target }) => target).filter((target) => !repeated.has(target));
    expect(new Set(stores).size).toBe(stores.length);
  });
});

describe("credentials in several environments", () => {
  async function twoEnvironments(): Promise<World> {
    const world = await World.create();
    world.sandbox.github.addEnvironment(world.repository, "sealring-2");
    world.declare({ name: "oura" });
    world.declare({ name: "strava", more: ["environment: sealring-2"] });
    await world.authorize("oura");
    await world.authorize("strava");
    return world;
  }

  it("have each their envelope in its own, and nowhere else", async () => {
    const world = await twoEnvironments();
    const second = { kind: "environment", repository: world.repository, environment: "sealring-2" } as const;
    const { github } = world.sandbox;
    const envelopes = (target: typeof second | typeof world.store) =>
      [...github.revealSecrets(target).keys()].filter((name) => name.startsWith("SEALRING_CREDENTIAL_"));
    expect(envelopes(world.store)).toEqual([envelopeName("oura")]);
    expect(envelopes(second)).toEqual([envelopeName("strava")]);
  });

  it("are refreshed by a job for each environment, which leaves the other's alone", async () => {
    const world = await twoEnvironments();
    const { results } = await world.refresh({ when: "forced", environment: "sealring" });
    expect(results).toMatchObject([{ credential: "oura", outcome: "refreshed" }]);
    expect(world.entry("strava")).toMatchObject({ generation: 1, phase: "committed" });
  });

  it("make no request when somebody moved one by its declaration alone", async () => {
    const world = await twoEnvironments();
    world.declare({ name: "oura", more: ["environment: sealring-2"] });
    const { results } = await world.refresh({ when: "forced" });
    expect(results[0]).toMatchObject({ credential: "oura", outcome: "client_misconfigured" });
    expect(world.refreshes()).toBe(0);
  });
});

describe("an envelope that was replayed, and whose outputs are still to be published,", () => {
  async function replayed(): Promise<World> {
    const world = await World.authorized();
    const { faults } = world.sandbox.github;
    faults.fail(putOf(envelopeName("oura")), DOWN, Infinity);
    await world.refresh({ when: "forced" });
    faults.clear();
    expect((await world.refresh()).results).toMatchObject([{ outcome: "recovered" }]);
    expect(hasNewest(world)).toBe(false);
    return world;
  }

  /** Whether the output is the access token of the stored envelope. */
  const hasNewest = (world: World) => world.envelope()?.includes(world.output() ?? "?") === true;

  it("is published before the next token is spent: if that answer is lost, consumers live on it", async () => {
    const world = await replayed();
    world.sandbox.authorizationServer.faults.fail("token", { kind: "drop_request" });
    const { results } = await world.refresh({ when: "forced" });
    expect(results).toMatchObject([{ outcome: "ambiguous" }]);
    expect(hasNewest(world)).toBe(true);
    expect(world.entry()).toMatchObject({ unpublished: [], generation: 2 });
    expect(world.entry().expiresAt?.getTime()).toBeGreaterThan(world.clock.now().getTime());
  });

  it("is published by a recovery, too, though it may be due", async () => {
    const world = await replayed();
    world.untilDue();
    expect((await world.recover()).results).toMatchObject([{ outcome: "fresh" }]);
    expect(hasNewest(world)).toBe(true);
  });
});
