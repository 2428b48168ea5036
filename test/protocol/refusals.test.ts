import { describe, expect, it, test } from "vitest";
import { refresh } from "../../src/commands/refresh.ts";
import { Secret } from "../../src/secret.ts";
import { createSealer } from "../../src/stores/sealer.ts";
import { envelopeName, World } from "../support/world.ts";

const FORCED = { names: [], when: "forced", probe: "not_asked", effect: "real" } as const;

/** What a refusal must leave as it is. */
function untouched(world: World): object {
  return { requests: world.refreshes(), history: world.history(), envelope: world.envelope() };
}

test("a job that was queued with an old envelope stops as stale, and sends nothing", async () => {
  const world = await World.authorized();
  const queued = world.job();
  world.clock.passSeconds(1);
  await world.refresh({ when: "forced" });
  const before = untouched(world);
  const report = await refresh(queued.ports, FORCED);
  expect(report).toMatchObject({ exit: 3, results: [{ outcome: "stale" }] });
  expect(untouched(world)).toEqual(before);
});

test("an old envelope that somebody put over the newer one is a person's matter, and nothing is sent", async () => {
  const world = await World.authorized();
  const old = new Secret(world.envelope() ?? "");
  await world.refresh({ when: "forced" });
  await createSealer(world.connect().stores).sealAndPut(world.store, envelopeName("oura"), old);
  world.clock.passSeconds(121);
  const before = world.refreshes();
  const report = await world.refresh({ when: "forced" });
  expect(report).toMatchObject({ exit: 4, results: [{ outcome: "reauthorization_required" }] });
  expect(world.refreshes()).toBe(before);
  expect(world.entry()).toMatchObject({
    phase: "reauthorization_required",
    error: { code: "envelope_overwritten" },
  });
  await world.authorize("oura");
  expect((await world.refresh()).results).toMatchObject([{ outcome: "fresh", generation: 3 }]);
});

test("a journal that is gone stops the credential until a person authorizes, whose numbers nobody had", async () => {
  const world = await World.authorized();
  await world.refresh({ when: "forced" });
  world.sandbox.github.repository(world.repository).refs.delete("refs/heads/sealring-state");
  const report = await world.refresh({ when: "forced" });
  expect(report).toMatchObject({ exit: 4, results: [{ outcome: "reauthorization_required" }] });
  expect(report.results[0]?.hint).toContain("restore the branch sealring-state");
  expect([world.refreshes(), world.history()]).toEqual([1, []]);
  await world.authorize("oura");
  const minutes = Math.floor(world.clock.now().getTime() / 60_000);
  expect((await world.refresh()).results).toMatchObject([{ outcome: "fresh", generation: minutes + 1 }]);
});

test("a journal that was put back to an older state stops the credential", async () => {
  const world = await World.authorized();
  const { refs } = world.sandbox.github.repository(world.repository);
  const older = refs.get("refs/heads/sealring-state") ?? "";
  await world.refresh({ when: "forced" });
  refs.set("refs/heads/sealring-state", older);
  const report = await world.refresh({ when: "forced" });
  expect(report).toMatchObject({ exit: 4, results: [{ outcome: "reauthorization_required" }] });
  expect(world.refreshes()).toBe(1);
});

test("a credential without an envelope is a person's matter, for every grant", async () => {
  const world = await World.create();
  world.declare({ name: "oura" });
  world.declare({ name: "robot", grant: "client_credentials" });
  const report = await world.refresh({ when: "forced" });
  expect(report.exit).toBe(4);
  expect(report.results.map(({ credential, outcome, hint }) => [credential, outcome, hint])).toEqual([
    ["oura", "reauthorization_required", "run: sealring authorize oura"],
    ["robot", "reauthorization_required", "run: sealring authorize robot"],
  ]);
  expect(world.sandbox.authorizationServer.log).toEqual([]);
});

test("a client secret that the job was not given is named, and nothing is sent", async () => {
  const world = await World.authorized();
  const { secrets } = world.job().ports;
  const read = (name: string) => (name === "OURA_CLIENT_SECRET" ? undefined : secrets.read(name));
  const report = await world.refresh({ when: "forced", ports: { secrets: { read } } });
  expect(report).toMatchObject({ exit: 4, results: [{ outcome: "client_misconfigured" }] });
  expect(report.results[0]?.message).toContain("OURA_CLIENT_SECRET");
  expect(world.refreshes()).toBe(0);
});

describe("a declaration that was changed since the authorization", () => {
  const evil = "http://127.0.0.1:9/token";
  it.each<[string, (yaml: string) => string]>([
    ["to another token endpoint", (yaml) => yaml.replace(/token_endpoint: .*/, `token_endpoint: ${evil}`)],
    [
      "to another revocation endpoint",
      (yaml) => yaml.replace(/revocation_endpoint: .*/, `revocation_endpoint: ${evil}`),
    ],
    [
      "to another verification endpoint",
      (yaml) => yaml.replace(/verification_endpoint: .*/, `verification_endpoint: ${evil}`),
    ],
    ["to another issuer", (yaml) => yaml.replace(/issuer: .*/, "issuer: https://id.example.com")],
    ["to another client", (yaml) => yaml.replace(/ {2}id: .*/, "  id: another")],
    [
      "to one that is discovered at another issuer",
      (yaml) =>
        yaml.replace(/issuer: .*\n.*authorization_e.*\n.*token_e.*\n/, "issuer: http://127.0.0.1:9\n"),
    ],
  ])("%s sends nothing anywhere", async (_, change) => {
    const world = await World.authorized();
    const yaml = world.declarations.get("oura") ?? "";
    world.declarations.set("oura", change(yaml));
    expect(world.declarations.get("oura")).not.toBe(yaml);
    const before = untouched(world);
    const sent: string[] = [];
    const http = {
      send: async ({ url }: { readonly url: string }) => {
        sent.push(url);
        return { kind: "not_sent", reason: "refused" } as const;
      },
    };
    const report = await world.refresh({ when: "forced", ports: { http } });
    expect(report).toMatchObject({ exit: 4, results: [{ outcome: "client_misconfigured" }] });
    expect(untouched(world)).toEqual(before);
    expect(sent).toEqual([]);
  });

  it("in its scopes alone is refreshed as before", async () => {
    const world = await World.authorized();
    const yaml = world.declarations.get("oura") ?? "";
    world.declarations.set(
      "oura",
      yaml.replace("[personal, daily, heartrate]", "[personal, daily, workout]"),
    );
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  });
});

describe("while a run is at a credential", () => {
  it("no other run spends, and its own goes on undisturbed", async () => {
    const world = await World.authorized();
    const others: unknown[] = [];
    world.sandbox.authorizationServer.faults.before("token", async () => {
      const [result] = (await world.refresh({ when: "forced" })).results;
      others.push(result?.outcome);
    });
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([
      { outcome: "refreshed", generation: 2 },
    ]);
    expect(others).toEqual(["transient"]);
    expect(world.refreshes()).toBe(1);
  });

  it("and of two that start at once one spends", async () => {
    const world = await World.authorized();
    const jobs = [world.job(), world.job()];
    const reports = await Promise.all(jobs.map(({ ports }) => refresh(ports, FORCED)));
    const outcomes = reports.map(({ results }) => results[0]?.outcome).toSorted();
    expect(outcomes).toEqual(["refreshed", "transient"]);
    expect(world.refreshes()).toBe(1);
  });

  it("a bare process holds it until its deadline, and no longer", async () => {
    const world = await World.authorized();
    const { secrets } = world.job().ports;
    const http = { send: () => Promise.reject(new Error("the laptop was closed")) };
    const died = world.refresh({ owner: "process", when: "forced", ports: { secrets, http } });
    await expect(died).rejects.toThrow("closed");
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "transient" }]);
    world.clock.passSeconds(600);
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "ambiguous" }]);
    expect(world.refreshes()).toBe(0);
  });

  it("a process that slept between its intent and its request gives the intent back, unspent", async () => {
    const world = await World.authorized();
    const { secrets } = world.job().ports;
    const { faults } = world.sandbox.github;
    faults.after("git/update-ref", () => {
      faults.clear();
      world.clock.passSeconds(700);
    });
    const report = await world.refresh({ owner: "process", when: "forced", ports: { secrets } });
    expect(report).toMatchObject({ exit: 3, results: [{ outcome: "transient" }] });
    expect(world.entry()).toMatchObject({ phase: "committed", intent: undefined });
    expect(world.refreshes()).toBe(0);
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  });

  it("a process that slept past its deadline neither spends nor stores", async () => {
    const world = await World.authorized();
    const { secrets } = world.job().ports;
    const before = world.envelope();
    world.sandbox.authorizationServer.faults.after("token", () => world.clock.passSeconds(700));
    const report = await world.refresh({ owner: "process", when: "forced", ports: { secrets } });
    expect(report).toMatchObject({ exit: 5, results: [{ outcome: "pending" }] });
    expect(world.envelope()).toBe(before);
    world.sandbox.authorizationServer.faults.clear();
    expect((await world.recover()).results).toMatchObject([{ outcome: "recovered", generation: 2 }]);
  });
});
