import { expect, test } from "vitest";
import type { StoreTarget } from "../../src/github.ts";
import { chanceOf } from "./chance.ts";
import { INCIDENTS } from "./incidents.ts";
import { expectNothingKept, expectQuiet } from "./leaks.ts";
import { Month, startsOf } from "./month.ts";
import { REPOSITORY } from "./repository.ts";
import { RunnerWorld } from "./world.ts";

const HOUR_SECONDS = 3_600;
const repository: StoreTarget = { kind: "repository", repository: REPOSITORY, app: "actions" };

/** Incidents by turn of the schedule; on every other turn nothing happens. */
const EVENTS = Object.keys(INCIDENTS).filter((name) => name !== "nothing happens");

test("thirty days of outages, late schedules and lost machines lose no credential", async () => {
  const chance = chanceOf(20261122);
  const world = await RunnerWorld.open(chance);
  world.declare([
    { name: "oura", environment: "sealring", accessTokenSeconds: 24 * HOUR_SECONDS },
    { name: "whoop", environment: "partners", accessTokenSeconds: 24 * HOUR_SECONDS },
    {
      name: "strava",
      environment: "partners",
      accessTokenSeconds: 8 * HOUR_SECONDS,
      more: ["refresh: { margin: 7h }"],
    },
  ]);
  const margins = { oura: 8, whoop: 8, strava: 7 };
  const watched = Object.entries(margins).map(([name, hours]) => {
    const secretName = `${name.toUpperCase()}_ACCESS_TOKEN`;
    return { name, target: repository, secretName, marginSeconds: hours * HOUR_SECONDS };
  });
  for (const { name } of watched) await world.authorize(name);
  const month = new Month(world, watched);
  const starts = startsOf("17 */6 * * *", world.clock.now(), { days: 30, chance });
  for (const [turn, at] of starts.entries()) {
    const event = turn % 7 === 3 ? EVENTS[Math.floor(turn / 7) % EVENTS.length] : undefined;
    await month.turn(at, event ?? "nothing happens");
  }
  for (const report of month.reports) expectQuiet(world, report);
  expectNothingKept(world);
  const outcomes = watched.map(({ name }) => ({
    name,
    ...month.outcome(name),
    generation: world.entry(name).generation,
  }));
  console.log(starts.length, outcomes);
  await world.close();
});
