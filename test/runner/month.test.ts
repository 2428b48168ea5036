import { expect, test } from "vitest";
import { RunnerWorld } from "./world.ts";

test("a first run", async () => {
  const world = await RunnerWorld.open(() => 0.5);
  world.declare([
    { name: "oura", environment: "sealring", accessTokenSeconds: 86_400 },
    { name: "strava", environment: "partners", accessTokenSeconds: 28_800 },
  ]);
  await world.authorize("oura");
  await world.authorize("strava");
  world.clock.pass(20 * 3_600_000);
  const report = await world.actions.run({ event: "schedule", workflowFile: "sealring.yml" });
  console.log(
    report.results,
    report.jobs.map((j) => [j.name, j.result, j.job.log.shown, j.job.summaries]),
  );
  console.log(world.entry("oura"));
  expect(report.results).toEqual({ sealring: "success", partners: "success" });
  await world.close();
});
