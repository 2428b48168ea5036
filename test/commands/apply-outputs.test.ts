import { describe, expect, it, test } from "vitest";
import type { StoreTarget } from "../../src/github.ts";
import { encodeEntry } from "../../src/journal/codec.ts";
import { Secret } from "../../src/secret.ts";
import { createSealer } from "../../src/stores/sealer.ts";
import { changesOf, Checkout } from "../support/checkout.ts";
import { anIntent } from "../support/entries.ts";
import { NOBODY } from "../../src/commands/nobody.ts";
import { answering } from "../support/misfortunes.ts";
import type { JobOptions, World } from "../support/world.ts";

const OUTPUT = "OURA_ACCESS_TOKEN in actions secrets of acme/health-pipeline";

/** Somebody writes a secret, some minutes after whatever was before. */
async function overwrite(world: World, target: StoreTarget = world.outputs, name = "OURA_ACCESS_TOKEN") {
  world.clock.passSeconds(300);
  await createSealer(world.connect().stores).sealAndPut(target, name, new Secret("by hand"));
}

/** A run has won an intent, and is at it. */
async function begin(world: World): Promise<void> {
  const { journal } = world.connect();
  const openedAt = world.clock.now();
  const intent = anIntent({ openedAt, deadline: new Date(openedAt.getTime() + 600_000) });
  const open = { ...world.entry(), issued: 2, phase: "intent" as const, intent };
  const files = new Map([["credentials/oura.json", encodeEntry(open)]]);
  await journal.swap(await journal.head(), { message: "begun", files });
}

function lastRun({ sandbox, repository }: World) {
  return [...sandbox.github.repository(repository).runs.values()].at(-1);
}

test("an output that somebody overwrote is published from the envelope, by a run that is started", async () => {
  const checkout = await Checkout.settled();
  const { world } = checkout;
  await overwrite(world);
  expect(changesOf((await checkout.plan()).planned?.plan)).toEqual([`~ ${OUTPUT} (somebody overwrote it)`]);
  const report = await checkout.apply();
  expect(report.results.map(({ sign, outcome }) => [sign, outcome])).toEqual([
    ["change", "done"],
    ["start", "done"],
  ]);
  expect(lastRun(world)).toMatchObject({
    event: "workflow_dispatch",
    inputs: { command: "refresh", credential: "oura" },
  });
  expect(await checkout.apply()).toMatchObject({ outcome: "nothing_to_do" });
  await world.refresh();
  expect([await world.outputWorks(), world.refreshes()]).toEqual([true, 0]);
  expect((await checkout.plan({ mode: "check" })).planned?.plan.remarks).toEqual([]);
});

test("an output that somebody removed is added again", async () => {
  const checkout = await Checkout.settled();
  const { world } = checkout;
  await world.connect().stores.delete(world.outputs, "OURA_ACCESS_TOKEN");
  expect(changesOf((await checkout.plan()).planned?.plan)).toEqual([`+ ${OUTPUT} (somebody removed it)`]);
  await checkout.apply();
  await world.refresh();
  expect(await world.outputWorks()).toBe(true);
});

test("a destination that was added gets its output", async () => {
  const checkout = await Checkout.settled();
  const { world } = checkout;
  world.declare({
    name: "oura",
    destinations: ["{ repository: acme/health-pipeline }", "{ repository: acme/dashboards }"],
  });
  const added = "+ OURA_ACCESS_TOKEN in actions secrets of acme/dashboards (not published yet)";
  expect(changesOf((await checkout.plan()).planned?.plan)).toEqual([added]);
  await checkout.apply();
  await world.refresh();
  expect(changesOf((await checkout.plan()).planned?.plan)).toEqual([]);
});

test("clocks that differ by two minutes make nobody an intruder", async () => {
  const checkout = await Checkout.settled();
  const { world } = checkout;
  const { journal } = world.connect();
  const entry = world.entry();
  const published = entry.published.map((output) => ({
    ...output,
    at: new Date(output.at.getTime() - 110_000),
  }));
  const files = new Map([["credentials/oura.json", encodeEntry({ ...entry, published })]]);
  await journal.swap(await journal.head(), { message: "a slow clock", files });
  expect(changesOf((await checkout.plan()).planned?.plan)).toEqual([]);
});

test("an output that an answer need not have is not asked for again and again", async () => {
  const checkout = await Checkout.settled();
  const outputs = { OURA_ACCESS_TOKEN: "access_token", OURA_ID_TOKEN: "id_token" };
  checkout.world.declare({ name: "oura", outputs });
  expect(changesOf((await checkout.plan()).planned?.plan)).toEqual([]);
});

describe("while somebody is at a credential", () => {
  it("its entry is left alone", async () => {
    const checkout = await Checkout.settled();
    const { world } = checkout;
    await overwrite(world);
    await begin(world);
    const { planned } = await checkout.plan();
    expect(changesOf(planned?.plan)).toEqual([]);
    expect(planned?.plan.remarks).toMatchObject([{ what: "another run is at oura: OURA_ACCESS_TOKEN" }]);
  });

  it("that began while a person looked at the plan, its entry is left alone as well", async () => {
    const checkout = await Checkout.settled();
    const { world } = checkout;
    await overwrite(world);
    const confirm = async () => {
      await begin(world);
      return true;
    };
    const report = await checkout.apply(
      { consent: "ask" },
      { ports: { prompt: { ...NOBODY, interactive: true, confirm } } },
    );
    expect(report).toMatchObject({ exit: 3, results: [{ outcome: "failed" }] });
    expect(world.entry()).toMatchObject({ intent: { generation: 2 }, unpublished: [] });
  });

  it("that began after the plan, the step fails and nothing is lost", async () => {
    const checkout = await Checkout.settled();
    const { world } = checkout;
    await overwrite(world);
    const refreshing = () => world.refresh({ when: "forced" });
    let begun = false;
    const report = await checkout.apply(
      {},
      {
        github: (real) => ({
          ...real,
          journal: {
            ...real.journal,
            swap: async (from, change) => {
              if (!begun) {
                begun = true;
                await refreshing();
              }
              return real.journal.swap(from, change);
            },
          },
        }),
      },
    );
    expect(report.exit).toBe(3);
    expect(report.results).toMatchObject([
      { outcome: "failed", error: { message: "another run is at oura" } },
    ]);
    expect(await world.outputWorks()).toBe(true);
    expect(await checkout.apply()).toMatchObject({ exit: 0 });
  });
});

test("a dead grant is for a person", async () => {
  const checkout = await Checkout.settled();
  const { world } = checkout;
  world.sandbox.authorizationServer.faults.fail("token", answering(400, '{"error":"invalid_grant"}'));
  await world.refresh({ when: "forced" });
  const { planned, exit } = await checkout.plan({ mode: "check" });
  expect(exit).toBe(4);
  expect(planned?.plan).toMatchObject({
    changes: [],
    tasks: [{ what: "oura has to be authorized again (invalid_grant)", command: "sealring authorize oura" }],
  });
});

test("a workflow that GitHub disabled is enabled", async () => {
  const checkout = await Checkout.settled();
  const enabled: string[] = [];
  const disabled: JobOptions = {
    github: (real) => ({
      ...real,
      runs: {
        ...real.runs,
        workflow: async () => ({ state: enabled.length > 0 ? "active" : "disabled_inactivity" }),
        enable: async (file: string) => void enabled.push(file),
      },
    }),
  };
  const { planned } = await checkout.plan({}, disabled);
  expect(changesOf(planned?.plan)).toEqual([
    "~ the schedule of sealring.yml, disabled by GitHub, for 60 days without a commit",
  ]);
  await checkout.apply({}, disabled);
  expect(enabled).toEqual(["sealring.yml"]);
  expect(await checkout.apply({}, disabled)).toMatchObject({ outcome: "nothing_to_do" });
});
