import { describe, expect, it, test } from "vitest";
import { authorize } from "../../src/commands/authorize.ts";
import { refresh } from "../../src/commands/refresh.ts";
import { envelopeStore } from "../../src/declaration/credential.ts";
import { ALLOW_ALL, consent, consentOnDevicePage } from "../../src/sandbox/scripted-person.ts";
import type { Job } from "../support/world.ts";
import { deleteJournal } from "../support/vandals.ts";
import { World } from "../support/world.ts";

const REQUEST = { name: "oura", flow: undefined, timeoutSeconds: 300 } as const;

async function declared(wanted: Parameters<World["declare"]>[0] = { name: "oura" }): Promise<World> {
  const world = await World.create();
  world.declare(wanted);
  return world;
}

describe("authorizing again", () => {
  it("counts on from the journal's generation, and a queued job with the old envelope stops", async () => {
    const world = await World.authorized();
    await world.refresh({ when: "forced" });
    const queued = world.job();
    world.clock.passSeconds(1);
    expect((await world.authorize("oura")).results).toMatchObject([{ generation: 3 }]);
    const report = await refresh(queued.ports, {
      names: [],
      when: "forced",
      probe: "not_asked",
      effect: "real",
    });
    expect(report.results).toMatchObject([{ outcome: "stale" }]);
    expect(world.refreshes()).toBe(1);
  });

  it("counts from far beyond any generation where the journal was lost and an envelope is there", async () => {
    const world = await World.authorized();
    for (let run = 0; run < 2; run += 1) await world.refresh({ when: "forced" });
    const queued = world.job();
    await deleteJournal(world);
    world.clock.passSeconds(1);
    await world.authorize("oura");
    const old = await refresh(queued.ports, {
      ...{ names: [], when: "forced", probe: "not_asked", effect: "real" },
    });
    expect(old.results).toMatchObject([{ outcome: "stale" }]);
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
    expect(world.refreshes()).toBe(3);
  });

  it("waits for a run that is at the credential", async () => {
    const world = await World.authorized();
    const failures: unknown[] = [];
    const { faults } = world.sandbox.authorizationServer;
    faults.before("token", async ({ body }) => {
      if (body["grant_type"] !== "refresh_token") return;
      failures.push(await world.authorize("oura").catch((error: unknown) => error));
    });
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
    expect(failures).toMatchObject([{ code: "transient" }]);
    expect(world.history().filter((line) => line.includes("authorize"))).toHaveLength(2);
  });

  it("does not cross a run that took its intent while the person was deciding", async () => {
    const world = await World.authorized();
    const outcomes: unknown[] = [];
    const { faults } = world.sandbox.authorizationServer;
    faults.after("consent", async () => {
      faults.clear();
      const run = world.job();
      const http = { send: () => Promise.reject(new Error("it hangs")) };
      const request = { names: [], when: "forced", probe: "not_asked", effect: "real" } as const;
      outcomes.push(await refresh({ ...run.ports, http }, request).catch(() => "open"));
    });
    await expect(world.authorize("oura")).rejects.toMatchObject({ code: "transient" });
    expect(outcomes).toEqual(["open"]);
    expect(world.entry().intent?.kind).toBe("refresh");
  });

  it("takes over from runs that were abandoned, one inside the other", async () => {
    const world = await World.authorized();
    const dies = { http: { send: () => Promise.reject(new Error("died")) } };
    await expect(world.refresh({ when: "forced", ports: dies })).rejects.toThrow("died");
    await expect(world.authorize("oura", { ports: { random: diesAt(world) } })).rejects.toThrow("died");
    world.clock.passSeconds(3_600);
    expect((await world.authorize("oura")).exit).toBe(0);
    expect(world.entry()).toMatchObject({ phase: "committed", intent: undefined });
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  });

  /** Dies once it has its intent: the key of the envelope is the first thing of 32 bytes that comes after it. */
  function diesAt(world: World): Job["ports"]["random"] {
    return (length) => {
      if (length === 32 && world.entry().intent?.kind === "authorize") throw new Error("died");
      return new Uint8Array(length).map((_, index) => index + length);
    };
  }
});

test("a pasted address does as well as a listener", async () => {
  const world = await declared();
  const job = world.job({ owner: "process" });
  const { handler } = world.sandbox.authorizationServer;
  const prompt = {
    ...job.ports.prompt,
    interactive: true,
    text: async () => {
      const url = job.progress.lines.find((line) => line.startsWith("http")) ?? "";
      return consent(handler, url, ALLOW_ALL);
    },
  };
  const report = await authorize({ ...job.ports, prompt }, { ...REQUEST, flow: "paste" });
  expect(report).toMatchObject({ exit: 0, results: [{ outcome: "authorized", verification: "works" }] });
});

test("a device is authorized on another one, while its intent is open", async () => {
  const world = await declared({ name: "oura", grant: "device_code" });
  const job = world.job({ owner: "process" });
  const { faults, handler } = world.sandbox.authorizationServer;
  let polls = 0;
  faults.before("token", async () => {
    polls += 1;
    expect(world.entry().intent?.kind).toBe("authorize");
    if (polls !== 2) return;
    const code = /enter the code (\S+)/.exec(job.progress.lines.join("\n"))?.[1] ?? "";
    const { issuer } = world.sandbox.addresses.authorization_server;
    const page = `${new URL(issuer).origin}/oauth/v2/ext/device?user_code=${code}`;
    await consentOnDevicePage(handler, page, ALLOW_ALL);
  });
  const report = await authorize(job.ports, REQUEST);
  expect(report).toMatchObject({ exit: 0, results: [{ outcome: "authorized", generation: 1 }] });
  expect(polls).toBeGreaterThanOrEqual(2);
  expect(await world.outputWorks()).toBe(true);
});

test("a client's own grant asks nobody, and takes no flow", async () => {
  const world = await declared({ name: "robot", grant: "client_credentials" });
  await expect(world.authorize("robot", { flow: "paste" })).rejects.toMatchObject({ code: "usage" });
  expect((await world.authorize("robot")).results).toMatchObject([{ outcome: "authorized", generation: 1 }]);
});

test("secrets go into the repository itself where the project says that there is no environment", () => {
  expect(envelopeStore(null, "acme/x")).toEqual({
    kind: "repository",
    repository: "acme/x",
    app: "actions",
  });
});
