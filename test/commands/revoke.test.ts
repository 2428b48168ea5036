import { describe, expect, it, test } from "vitest";
import { revoke } from "../../src/commands/revoke.ts";
import { answering, DOWN, putOf } from "../support/misfortunes.ts";
import type { JobOptions } from "../support/world.ts";
import { envelopeName, World } from "../support/world.ts";

function revokeIn(world: World, options: JobOptions = {}) {
  return world.within(options, ({ ports }) => revoke(ports, "oura"));
}

test("a grant is ended at its provider, and its secrets are gone: outputs first, the envelope last but one", async () => {
  const world = await World.authorized();
  const token = world.output() ?? "";
  const report = await revokeIn(world);
  expect(report).toMatchObject({ exit: 0, results: [{ outcome: "revoked", provider: "revoked" }] });
  expect(report.results).toMatchObject([
    {
      removals: [
        { secret: "OURA_ACCESS_TOKEN", outcome: "deleted" },
        { secret: envelopeName("oura"), outcome: "deleted" },
        { secret: "OURA_CLIENT_SECRET", outcome: "deleted" },
      ],
    },
  ]);
  const { verification_endpoint: url } = world.sandbox.addresses.authorization_server;
  expect((await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
  expect([world.output(), world.envelope()]).toEqual([undefined, undefined]);
  expect(world.entry()).toMatchObject({ phase: "revoked", intent: undefined, expiresAt: undefined });
});

test("the intent is won before anything is ended", async () => {
  const world = await World.authorized();
  const seen: unknown[] = [];
  world.sandbox.authorizationServer.faults.before(
    "revocation",
    () => void seen.push(world.entry().intent?.kind),
  );
  await revokeIn(world);
  expect(new Set(seen)).toEqual(new Set(["revoke"]));
});

test("a client secret that another credential uses is kept", async () => {
  const world = await World.authorized();
  world.declare({ name: "strava" });
  await world.authorize("strava");
  await revokeIn(world);
  expect(world.sandbox.github.revealSecret(world.store, "OURA_CLIENT_SECRET")).toBeDefined();
  expect((await world.refresh({ when: "forced", names: ["strava"] })).results).toMatchObject([
    { outcome: "refreshed" },
  ]);
});

test("a provider that refuses keeps everything as it is, and the credential works on", async () => {
  const world = await World.authorized();
  world.sandbox.authorizationServer.faults.fail("revocation", answering(503));
  await expect(revokeIn(world)).rejects.toMatchObject({ code: "transient" });
  expect(world.entry()).toMatchObject({ phase: "committed", intent: undefined });
  expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  expect((await revokeIn(world)).exit).toBe(0);
});

test("a secret that cannot be removed is told, and another try removes it", async () => {
  const world = await World.authorized();
  const deletion = ({ method, target }: { method: string; target: string }) =>
    method === "DELETE" && target.endsWith("/OURA_ACCESS_TOKEN");
  world.sandbox.github.faults.fail(deletion, DOWN, Infinity);
  const report = await revokeIn(world);
  expect(report.exit).toBe(3);
  expect(report.results).toMatchObject([
    { removals: [{ secret: "OURA_ACCESS_TOKEN", outcome: "transient" }] },
  ]);
  expect(world.output()).toBeDefined();
  world.sandbox.github.faults.clear();
  expect((await revokeIn(world)).exit).toBe(0);
  expect([world.output(), world.envelope()]).toEqual([undefined, undefined]);
});

test("what was revoked is refreshed no more, and can be authorized again", async () => {
  const world = await World.authorized();
  const queued = world.job();
  world.clock.passSeconds(1);
  await revokeIn(world);
  const { secrets } = queued.ports;
  const report = await world.refresh({ when: "forced", ports: { secrets } });
  expect(report).toMatchObject({ exit: 4, results: [{ outcome: "reauthorization_required" }] });
  expect(world.refreshes()).toBe(0);
  expect((await world.authorize("oura")).results).toMatchObject([{ generation: 3 }]);
  expect((await world.refresh()).results).toMatchObject([{ outcome: "fresh" }]);
});

test("a dead grant can be revoked: its secrets go", async () => {
  const world = await World.authorized();
  world.sandbox.authorizationServer.revokeEverything();
  await world.refresh({ when: "forced" });
  expect(world.entry().phase).toBe("reauthorization_required");
  expect(await revokeIn(world)).toMatchObject({ exit: 0, results: [{ outcome: "revoked" }] });
  expect(world.envelope()).toBeUndefined();
});

test("a box that waits in the journal goes with the credential", async () => {
  const world = await World.authorized();
  world.sandbox.github.faults.fail(putOf(envelopeName("oura")), DOWN);
  await world.refresh({ when: "forced" });
  expect(world.journalFile("wal/oura.json")).toBeDefined();
  await revokeIn(world);
  expect(world.journalFile("wal/oura.json")).toBeUndefined();
});

test("while a run is at it nothing is revoked", async () => {
  const world = await World.authorized();
  const failures: unknown[] = [];
  world.sandbox.authorizationServer.faults.before("token", async () => {
    failures.push(await revokeIn(world).catch((error: unknown) => error));
  });
  expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  expect(failures).toMatchObject([{ code: "transient" }]);
  expect(await world.outputWorks()).toBe(true);
});

test("a declaration that was pointed elsewhere sends no token there", async () => {
  const world = await World.authorized();
  const yaml = world.declarations.get("oura") ?? "";
  world.declarations.set(
    "oura",
    yaml.replace(/revocation_endpoint: .*/, "revocation_endpoint: http://127.0.0.1:9/r"),
  );
  await expect(revokeIn(world)).rejects.toMatchObject({ code: "client_misconfigured" });
  expect(world.envelope()).toBeDefined();
});

describe("outside a job, where nobody can read the tokens", () => {
  it("the workflow is started to do it", async () => {
    const world = await World.authorized();
    const report = await revokeIn(world, { owner: "process" });
    expect(report).toMatchObject({ exit: 0, results: [{ outcome: "dispatched", workflow: "sealring.yml" }] });
    const runs = [...world.sandbox.github.repository(world.repository).runs.values()];
    expect(runs.at(-1)).toMatchObject({
      event: "workflow_dispatch",
      inputs: { command: "revoke", credential: "oura" },
    });
    expect(world.envelope()).toBeDefined();
  });

  it("but a job that was not given the envelope does not start another", async () => {
    const world = await World.authorized();
    const before = world.sandbox.github.repository(world.repository).runs.size;
    const secrets = { read: () => undefined };
    await expect(revokeIn(world, { ports: { secrets } })).rejects.toMatchObject({ code: "usage" });
    expect(world.sandbox.github.repository(world.repository).runs.size).toBe(before + 1);
  });
});
