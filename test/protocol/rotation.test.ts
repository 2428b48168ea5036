import { describe, expect, it } from "vitest";
import { answering } from "../support/misfortunes.ts";
import { World } from "../support/world.ts";

describe("where a refresh token stays valid", () => {
  it("a lost request is sent again at once, and nothing is lost", async () => {
    const world = await unrotated();
    world.sandbox.authorizationServer.faults.fail("token", { kind: "lose_answer" }, 2);
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
    expect(world.refreshes()).toBe(3);
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  });

  it("requests that are lost for good cost no person anything", async () => {
    const world = await unrotated();
    world.sandbox.authorizationServer.faults.fail("token", answering(500), 3);
    expect(await world.refresh({ when: "forced" })).toMatchObject({
      exit: 3,
      results: [{ outcome: "transient" }],
    });
    expect(world.entry()).toMatchObject({ phase: "committed", intent: undefined });
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  });

  it("a run that died is no reason to ask a person: the next refresh goes on, and a recovery has nothing to do", async () => {
    const world = await unrotated();
    const http = { send: () => Promise.reject(new Error("the runner went away")) };
    await expect(world.refresh({ when: "forced", ports: { http } })).rejects.toThrow("went away");
    expect(await world.recover()).toMatchObject({ exit: 0, results: [{ outcome: "fresh" }] });
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  });

  async function unrotated(): Promise<World> {
    const world = await World.create();
    const { authorizationServer, addresses } = world.sandbox;
    authorizationServer.registerClient({
      id: "lasting",
      secret: addresses.authorization_server.client_secret,
      redirectUris: addresses.authorization_server.redirect_uris,
      rotation: { kind: "none" },
    });
    world.declare({ name: "oura", clientId: "lasting", rotation: ["rotation: none"] });
    await world.authorize("oura");
    return world;
  }
});

describe("where a spent token has a grace period", () => {
  async function graceful(): Promise<World> {
    const world = await World.create();
    const { authorizationServer, addresses } = world.sandbox;
    authorizationServer.registerClient({
      id: "graceful",
      secret: addresses.authorization_server.client_secret,
      redirectUris: addresses.authorization_server.redirect_uris,
      rotation: { kind: "grace", seconds: 120 },
    });
    const rotation = ["rotation: grace", "rotation_grace_seconds: 60"];
    world.declare({ name: "oura", clientId: "graceful", rotation });
    await world.authorize("oura");
    return world;
  }

  it("a lost request is sent again within it, in this run or in the next", async () => {
    const world = await graceful();
    world.sandbox.authorizationServer.faults.fail("token", { kind: "lose_answer" }, 4);
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "ambiguous" }]);
    expect((await world.refresh()).results).toMatchObject([{ outcome: "refreshed" }]);
    expect(world.refreshes()).toBe(5);
    expect(await world.outputWorks()).toBe(true);
  });

  it("and is not sent after it, however many runs have tried within", async () => {
    const world = await graceful();
    world.sandbox.authorizationServer.faults.fail("token", { kind: "lose_answer" }, Infinity);
    await world.refresh({ when: "forced" });
    world.clock.passSeconds(40);
    await world.refresh();
    const within = world.refreshes();
    world.clock.passSeconds(40);
    expect((await world.refresh()).results).toMatchObject([{ outcome: "ambiguous" }]);
    expect(world.refreshes()).toBe(within);
  });
});
