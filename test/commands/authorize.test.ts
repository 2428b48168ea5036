import { describe, expect, it, test } from "vitest";
import { authorize } from "../../src/commands/authorize.ts";
import { Secret } from "../../src/secret.ts";
import { envelopeName, World } from "../support/world.ts";
import { answering, anyOfJournal, DOWN, putOf } from "../support/misfortunes.ts";

const REQUEST = { name: "oura", flow: undefined, timeoutSeconds: 300 } as const;

async function declared(wanted: Parameters<World["declare"]>[0] = { name: "oura" }): Promise<World> {
  const world = await World.create();
  world.declare(wanted);
  return world;
}

test("a person allows once, and envelope, client secret and output are secrets; the token works", async () => {
  const world = await declared();
  const report = await world.authorize("oura");
  expect(report).toMatchObject({
    exit: 0,
    results: [
      {
        outcome: "authorized",
        generation: 1,
        verification: "works",
        scope: ["personal", "daily", "heartrate"],
        scopeDifference: { missing: [], extra: [] },
      },
    ],
  });
  const [result] = report.results;
  if (result?.outcome !== "authorized") throw new Error("it was authorized");
  expect(result.destinations.map(({ secret, outcome }) => [secret, outcome])).toEqual([
    [envelopeName("oura"), "created"],
    ["OURA_CLIENT_SECRET", "created"],
    ["OURA_ACCESS_TOKEN", "created"],
  ]);
  const { client_secret: clientSecret } = world.sandbox.addresses.authorization_server;
  expect(world.sandbox.github.revealSecret(world.store, "OURA_CLIENT_SECRET")).toBe(clientSecret);
  expect(await world.outputWorks()).toBe(true);
  expect(world.entry()).toMatchObject({
    ...{ generation: 1, phase: "committed", intent: undefined, refreshedAt: undefined },
    scope: ["personal", "daily", "heartrate"],
  });
  expect(world.entry().authorizedAt).toBeDefined();
});

test("the store is proved before the person is asked, and the intent is taken before the code is burned", async () => {
  const world = await declared();
  const events: string[] = [];
  const { authorizationServer, github } = world.sandbox;
  authorizationServer.faults.before(
    () => true,
    ({ operation }) => void events.push(operation),
  );
  github.faults.before(
    ({ method, operation }) =>
      method === "PUT" || operation === "git/create-ref" || operation === "git/update-ref",
    ({ target }) => void events.push(target.split("/").at(-1) ?? ""),
  );
  await world.authorize("oura");
  expect(events).toEqual([
    "SEALRING_CANARY",
    "authorization",
    "consent",
    "refs",
    "token",
    "OURA_CLIENT_SECRET",
    envelopeName("oura"),
    "OURA_ACCESS_TOKEN",
    "sealring-state",
    "verification",
  ]);
});

describe("nobody is asked", () => {
  async function expectUnasked(world: World): Promise<void> {
    expect(world.sandbox.authorizationServer.log).toEqual([]);
    expect(world.history()).toEqual([]);
  }

  it("when the store takes no canary", async () => {
    const world = await declared();
    world.sandbox.github.faults.fail(putOf("SEALRING_CANARY"), DOWN, Infinity);
    await expect(world.authorize("oura")).rejects.toMatchObject({ code: "transient" });
    await expectUnasked(world);
  });

  it("when the journal is down", async () => {
    const world = await declared();
    world.sandbox.github.faults.fail(anyOfJournal, DOWN, Infinity);
    await expect(world.authorize("oura")).rejects.toMatchObject({ code: "transient" });
    await expectUnasked(world);
  });

  it("when the client secret is neither set nor can be typed", async () => {
    const world = await declared();
    const secrets = { read: () => undefined };
    await expect(world.authorize("oura", { ports: { secrets } })).rejects.toMatchObject({
      code: "usage",
      hint: expect.stringContaining("OURA_CLIENT_SECRET") as string,
    });
    await expectUnasked(world);
  });

  it("for a name that no file declares", async () => {
    const world = await declared();
    await expect(world.authorize("strava")).rejects.toMatchObject({
      code: "usage",
      hint: "declared are: oura",
    });
  });

  it("after an interruption", async () => {
    const world = await declared();
    await expect(world.authorize("oura", { ports: { stop: AbortSignal.abort() } })).rejects.toMatchObject({
      code: "interrupted",
    });
    expect(world.history()).toEqual([]);
  });
});

test("a client secret that is typed is masked, used, and kept where the job finds it", async () => {
  const world = await declared();
  const { client_secret: value } = world.sandbox.addresses.authorization_server;
  const job = world.job({ owner: "process" });
  const prompt = { ...job.ports.prompt, interactive: true, hidden: async () => new Secret(value) };
  const report = await authorize({ ...job.ports, prompt, secrets: { read: () => undefined } }, REQUEST);
  expect(report.exit).toBe(0);
  expect(job.progress.masked).toContain(value);
  expect(world.sandbox.github.revealSecret(world.store, "OURA_CLIENT_SECRET")).toBe(value);
});

describe("a person who", () => {
  it("unticks scopes is told what is missing, and has a token all the same", async () => {
    const world = await declared();
    const report = await world.authorize("oura", { person: { kind: "allow", untick: ["heartrate"] } });
    expect(report.results).toMatchObject([
      { scope: ["personal", "daily"], scopeDifference: { missing: ["heartrate"], extra: [] }, exit: 0 },
    ]);
    expect(world.entry().scope).toEqual(["personal", "daily"]);
    expect(await world.outputWorks()).toBe(true);
  });

  it("is told that somebody has to come back where no refresh token came, and that nobody has to where there is no end", async () => {
    const world = await declared();
    const ending = { access_token: "at-1", token_type: "bearer", expires_in: 3600 };
    const endless = { access_token: "at-2", token_type: "bearer" };
    for (const [answer, renewal] of [
      [ending, "by_a_person"],
      [endless, "not_needed"],
    ] as const) {
      world.sandbox.authorizationServer.faults.fail("token", answering(200, JSON.stringify(answer)), 1);
      expect((await world.authorize("oura")).results).toMatchObject([{ outcome: "authorized", renewal }]);
    }
    expect((await world.refresh({})).results).toMatchObject([{ outcome: "fresh" }]);
  });

  it("unticks what the verification needs is told so, and has a token all the same", async () => {
    const world = await declared();
    const report = await world.authorize("oura", { person: { kind: "allow", untick: ["personal"] } });
    expect(report.results).toMatchObject([{ verification: "forbidden", exit: 0 }]);
  });

  it("says no has spent nothing, and can think again", async () => {
    const world = await declared();
    await expect(world.authorize("oura", { person: { kind: "deny" } })).rejects.toMatchObject({
      code: "reauthorization_required",
    });
    expect(world.history()).toEqual([]);
    expect((await world.authorize("oura")).exit).toBe(0);
  });
});

/** The person's part is done, and this machine can go on without them. */
const WAITS = {
  exit: 5,
  results: [{ outcome: "pending", hint: "when that is mended, run on this machine: sealring recover" }],
};

describe("a code that", () => {
  it.each([
    ["the provider refuses", answering(400, '{"error":"invalid_grant"}'), "reauthorization_required"],
    [
      "comes with a wrong client secret",
      answering(401, '{"error":"invalid_client"}'),
      "client_misconfigured",
    ],
    ["gets a page of HTML", answering(200, "<html></html>"), "provider_drift"],
    ["gets a server error", answering(500), "transient"],
    ["gets no answer", { kind: "lose_answer" } as const, "transient"],
  ])("%s gives the intent back", async (_, fault, code) => {
    const world = await declared();
    world.sandbox.authorizationServer.faults.fail("token", fault);
    await expect(world.authorize("oura")).rejects.toMatchObject({ code });
    expect(world.entry()).toMatchObject({ generation: 0, issued: 1, intent: undefined });
    expect(world.envelope()).toBeUndefined();
    expect((await world.authorize("oura")).results).toMatchObject([{ generation: 2 }]);
  });

  it("was burned for a store that is down waits in a box, and the next authorization goes on without it", async () => {
    const world = await World.authorized();
    world.sandbox.github.faults.fail(putOf(envelopeName("oura")), DOWN, Infinity);
    expect(await world.authorize("oura")).toMatchObject(WAITS);
    world.sandbox.github.faults.clear();
    expect(world.entry()).toMatchObject({ phase: "spent", generation: 1 });
    expect((await world.authorize("oura")).results).toMatchObject([{ generation: 3 }]);
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  });

  it("was burned for a store that is down is waited for while the old access token works, and no longer", async () => {
    const world = await World.authorized();
    world.sandbox.github.faults.fail(putOf(envelopeName("oura")), DOWN, Infinity);
    expect(await world.authorize("oura")).toMatchObject(WAITS);
    world.sandbox.github.faults.clear();
    const [waiting] = (await world.refresh({ when: "forced" })).results;
    expect(waiting).toMatchObject({ outcome: "pending", exit: 5 });
    expect(waiting?.hint).toContain("run there: sealring recover");
    expect(world.refreshes()).toBe(0);
    world.clock.passSeconds(31 * 86_400);
    expect((await world.refresh()).results).toMatchObject([{ outcome: "refreshed", generation: 3 }]);
  });

  it("was burned when the journal went down is stored, and the next run commits and publishes", async () => {
    const world = await declared();
    const { authorizationServer, github } = world.sandbox;
    authorizationServer.faults.after("token", () => github.faults.fail(anyOfJournal, DOWN, Infinity));
    await expect(world.authorize("oura")).rejects.toMatchObject({ code: "transient" });
    github.faults.clear();
    world.clock.passSeconds(3_600);
    expect((await world.refresh()).results).toMatchObject([{ outcome: "recovered", generation: 1 }]);
    expect(world.entry()).toMatchObject({ phase: "committed", generation: 1 });
    expect(world.entry().authorizedAt).toBeDefined();
  });
});
