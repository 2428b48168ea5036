import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { systemClock } from "../../src/adapters/clock.ts";
import { expectNoLeak } from "./leaks.ts";
import { RunnerWorld } from "./world.ts";
import { runsItself } from "./uses.ts";

/*
 * The same workflow with nothing in the place of `sealring`: the committed action installs it, bash starts it, and it runs as a
 * process, by the machine's clock.
 */

const ACTION = fileURLToPath(new URL("../../action.yml", import.meta.url));
const { runs } = parse(readFileSync(ACTION, "utf8")) as { readonly runs: { readonly main: string } };
/** What passes on the sandbox's clock before the first run: then it tells the machine's time, or nearly so. */
const AUTHORIZING_MILLISECONDS = 130_000;
const FORCED = {
  event: "workflow_dispatch",
  workflowFile: "sealring.yml",
  inputs: { command: "refresh", credential: "oura", force: "true" },
} as const;

let world: RunnerWorld;

beforeEach(async () => {
  const start = new Date(systemClock.now().getTime() - AUTHORIZING_MILLISECONDS);
  const action = runsItself(join(dirname(ACTION), runs.main));
  world = await RunnerWorld.open({ chance: () => 0, start: start.toISOString(), action });
  world.declare([
    { name: "oura", environment: "sealring", accessTokenSeconds: 86_400 },
    { name: "whoop", environment: "partners", accessTokenSeconds: 86_400 },
  ]);
  for (const name of ["oura", "whoop"]) await world.authorize(name);
});

afterEach(() => world.close());

test("the committed action and bash run the refresh as a process of its own", async () => {
  const report = await world.actions.run(FORCED);
  expect(report.results).toEqual({ partners: "skipped", sealring: "success" });
  expect(world.entry("oura")).toMatchObject({ generation: 2, phase: "committed", unpublished: [] });
  expect(world.entry("whoop").generation).toBe(1);
  expect(report.jobs[0]?.job.summaries.join("\n")).toContain("| `oura` | refreshed | 2 |");
  expectNoLeak(world, [report]);
});

test("a cancelled run's process hears the signal, stores what it has spent, and leaves its box", async () => {
  world.provider.faults.after("token", () => {
    for (const { run } of world.actions.live) world.actions.cancel(run);
  });
  const report = await world.actions.run(FORCED);
  expect(report.results).toMatchObject({ sealring: "cancelled" });
  expect(report.jobs[0]?.job.log.shown).toContain("Stopping: what was spent is stored first.");
  expect(world.entry("oura")).toMatchObject({ generation: 2, phase: "committed", unpublished: [] });
  expect(report.run.artifacts).toHaveLength(1);
  expectNoLeak(world, [report]);
});
