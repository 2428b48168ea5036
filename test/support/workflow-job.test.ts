import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { World as CliWorld } from "./cli-world.ts";
import { World } from "./world.ts";

test("a job's boxes are an artifact of its run once it has ended, unless its runner was lost", async () => {
  const world = await World.create();
  const { artifacts } = world.connect();
  for (const [artifact, boxes] of [
    ["uploaded", ["sealed"]],
    ["none", []],
  ] as const) {
    const job = world.job({ artifact });
    await job.disk.write("oura", "sealed");
    expect(await artifacts.boxes(job.runId, "oura"), "before").toEqual([]);
    job.end();
    expect(await artifacts.boxes(job.runId, "oura"), artifact).toEqual(boxes);
  }
});

test("a job may start later than its run, and end before it", async () => {
  const world = await World.create();
  const { runs } = world.connect();
  const run = world.sandbox.github.runs.queue(world.repository);
  world.clock.passSeconds(600);
  const [first, second] = [world.job({ run }), world.job({ run })];
  const stateOf = async ({ ports }: typeof first) => {
    const { owner } = ports.self;
    return owner.kind === "run" ? runs.state(owner) : undefined;
  };
  expect(await stateOf(first)).toEqual({ kind: "running", startedAt: first.ports.self.startedAt });
  first.end();
  expect(await stateOf(first)).toMatchObject({ kind: "ended" });
  expect(await stateOf(second)).toMatchObject({ kind: "running" });
});

test("the command line's jobs leave the files of their runner's disk", async (context) => {
  const world = await CliWorld.forTest(context);
  const job = world.job();
  const folder = join(job.env["RUNNER_TEMP"] ?? "", "sealring-boxes");
  mkdirSync(folder);
  writeFileSync(join(folder, "oura.box.json"), "sealed");
  world.endJob(job, "uploaded");
  expect(job.run.artifacts.map(({ name }) => name)).toEqual(["sealring-boxes-1"]);
  const lost = world.job();
  world.endJob(lost);
  expect(lost.run.artifacts).toEqual([]);
});
