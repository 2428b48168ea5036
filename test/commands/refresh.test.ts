import { expect, test } from "vitest";
import { World } from "../support/world.ts";

test("a credential that is not due is fresh, and its provider is not asked", async () => {
  const world = await World.authorized();
  const report = await world.refresh();
  expect(report).toMatchObject({ exit: 0, results: [{ outcome: "fresh", generation: 1 }] });
  expect(world.refreshes()).toBe(0);
  expect(world.history()).toEqual(["oura: intends to authorize (1)", "oura: authorized as generation 1"]);
});

test("a credential that is due is refreshed: consumers read the new token, and the journal says so", async () => {
  const world = await World.authorized();
  const before = world.output();
  world.untilDue();
  const report = await world.refresh();
  expect(report).toMatchObject({ exit: 0, results: [{ outcome: "refreshed", generation: 2 }] });
  expect(world.output()).not.toBe(before);
  expect(await world.outputWorks()).toBe(true);
  expect(world.entry()).toMatchObject({
    phase: "committed",
    generation: 2,
    intent: undefined,
    scope: ["personal", "daily", "heartrate"],
    expiresAt: report.results[0]?.expiresAt,
  });
});
