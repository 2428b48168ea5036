import { describe, expect, it, test } from "vitest";
import { refresh } from "../../src/commands/refresh.ts";
import { SealringError } from "../../src/errors.ts";
import type { GitHub } from "../../src/github.ts";
import { MemoryDisk } from "../support/job-ports.ts";
import { DOWN, putOf } from "../support/misfortunes.ts";
import { editJournal } from "../support/vandals.ts";
import { envelopeName, World } from "../support/world.ts";

const ENVELOPE = putOf(envelopeName("oura"));
const ENTRY = "credentials/oura.json";
const FORCED = { names: [], when: "forced", probe: "not_asked", effect: "real" } as const;

describe("a journal that was put back to an older state", () => {
  it("gives no number out again, so that a slow job with the old envelope finds itself stale", async () => {
    const world = await World.authorized();
    const early = world.journalFile(ENTRY) ?? "";
    for (let run = 0; run < 2; run += 1) await world.refresh({ when: "forced" });
    await editJournal(world, { [ENTRY]: early });
    await world.refresh();
    const slow = world.job();
    world.clock.passSeconds(5);
    await world.authorize("oura");
    await world.refresh({ when: "forced" });
    expect((await refresh(slow.ports, FORCED)).results).toMatchObject([{ outcome: "stale" }]);
    slow.end();
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  });

  it("to one with an open intent is behind, and no old envelope is suspected", async () => {
    const world = await World.authorized();
    let early = "";
    world.sandbox.authorizationServer.faults.after("token", () => {
      early = early === "" ? (world.journalFile(ENTRY) ?? "") : early;
    });
    for (let run = 0; run < 3; run += 1) await world.refresh({ when: "forced" });
    await editJournal(world, { [ENTRY]: early });
    world.clock.passSeconds(3_600);
    await world.refresh({ when: "forced" });
    expect(world.entry().error?.code).toBe("envelope_journal_behind");
  });
});

it.each([
  ["a process that began in the year 9000", { opened_at: "9000-01-01T00:00:00Z" }],
  ["a run that nobody knows, until the year 9000", { owner: { kind: "run", run_id: "1", run_attempt: 1 } }],
  ["somebody who gives it up in the year 9000", { released_at: "9000-01-01T00:00:00Z" }],
])("nobody keeps a credential for ever: not %s", async (_who, forged) => {
  const world = await World.authorized();
  const entry = JSON.parse(world.journalFile(ENTRY) ?? "") as object;
  const now = world.clock.now().toISOString();
  const usual = { generation: 2, kind: "publish", owner: { kind: "process" }, nonce: "x", opened_at: now };
  const rest = { deadline: "9000-01-01T00:10:00Z", released_at: null, replaces: null, resumes: "committed" };
  const intent = { ...usual, ...rest, ...forged };
  await editJournal(world, { [ENTRY]: JSON.stringify({ ...entry, issued: 2, phase: "intent", intent }) });
  world.clock.passSeconds(29 * 86_400);
  const job = world.job();
  world.clock.passSeconds(1);
  expect((await refresh(job.ports, FORCED)).results).toMatchObject([{ exit: 0 }]);
  expect(await world.outputWorks()).toBe(true);
});

test("a job that GitHub gave up while it stores puts nothing over what somebody authorized since", async () => {
  const world = await World.authorized();
  const job = world.job();
  let struck = false;
  const strike = async (name: string) => {
    if (name !== envelopeName("oura") || struck) return;
    struck = true;
    job.end();
    await world.authorize("oura");
    throw new SealringError("transient", "HTTP 503");
  };
  const cutOff = (github: GitHub): GitHub => ({
    ...github,
    stores: {
      ...github.stores,
      put: async (target, name, value) => {
        await strike(name);
        return github.stores.put(target, name, value);
      },
    },
  });
  const { ports } = job;
  const connect: typeof ports.connect = async (...asked) => cutOff(await ports.connect(...asked));
  expect((await refresh({ ...ports, connect }, FORCED)).results).toMatchObject([{ exit: 5 }]);
  expect(world.entry()).toMatchObject({ generation: 3, phase: "committed" });
  expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
});

test("an authorization that waits at home leaves the box of an earlier refresh in the journal", async () => {
  const world = await World.authorized();
  const { github } = world.sandbox;
  const disk = new MemoryDisk();
  github.faults.fail(ENVELOPE, DOWN, Infinity);
  await world.refresh({ when: "forced" });
  const box = world.journalFile("wal/oura.json");
  expect(await world.authorize("oura", { disk })).toMatchObject({ exit: 5 });
  github.faults.clear();
  expect(world.journalFile("wal/oura.json")).toBe(box);
  const recovered = await world.recover({ owner: "process", disk });
  expect(recovered.results).toMatchObject([{ outcome: "recovered", generation: 3 }]);
  expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
});

test("what a recovery at home ends has its client secret in the store, too", async () => {
  const world = await World.create();
  world.declare({ name: "oura" });
  const { github } = world.sandbox;
  const disk = new MemoryDisk();
  github.faults.fail(putOf("OURA_CLIENT_SECRET"), DOWN, Infinity);
  github.faults.fail(ENVELOPE, DOWN, Infinity);
  await world.authorize("oura", { disk });
  github.faults.clear();
  expect(github.revealSecret(world.store, "OURA_CLIENT_SECRET")).toBeUndefined();
  await world.recover({ owner: "process", disk });
  const { client_secret: clientSecret } = world.sandbox.addresses.authorization_server;
  expect(github.revealSecret(world.store, "OURA_CLIENT_SECRET")).toBe(clientSecret);
});

describe("an envelope that is not there", () => {
  it("because the step's env leaves it out is asked for by its line, and the journal stays", async () => {
    const world = await World.authorized();
    const secrets = { read: () => undefined };
    const [result] = (await world.refresh({ ports: { secrets } })).results;
    expect(result).toMatchObject({ outcome: "reauthorization_required", exit: 4 });
    expect(result?.hint).toContain("SEALRING_CREDENTIAL_OURA: ${{ secrets.SEALRING_CREDENTIAL_OURA }}");
    expect(world.entry().phase).toBe("committed");
  });

  it("because somebody deleted it needs a person, and the journal says so", async () => {
    const world = await World.authorized();
    await world.connect().stores.delete(world.store, envelopeName("oura"));
    const [result] = (await world.refresh()).results;
    expect(result?.message).toContain("deleted");
    const error = { code: "envelope_missing" };
    expect(world.entry()).toMatchObject({ phase: "reauthorization_required", error });
    await world.authorize("oura");
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  });
});
