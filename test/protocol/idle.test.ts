import { expect, test } from "vitest";
import { World } from "../support/world.ts";

const DAY = 86_400;

test("a refresh token that would die idle is used by the schedule before, and lives on", async () => {
  const world = await World.authorized({
    rotation: ["rotation: single_use", `refresh_token_idle_seconds: ${String(10 * DAY)}`],
  });
  const outcomes: (string | undefined)[] = [];
  for (let day = 1; day <= 12; day += 1) {
    world.clock.passSeconds(DAY);
    outcomes.push((await world.refresh()).results[0]?.outcome);
  }
  const days = outcomes.flatMap((outcome, index) => (outcome === "refreshed" ? [index + 1] : []));
  expect(days).toEqual([5, 10]);
  expect(new Set(outcomes)).toEqual(new Set(["fresh", "refreshed"]));
});
