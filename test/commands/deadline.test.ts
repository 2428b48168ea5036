import { expect, test } from "vitest";
import { byDeadline } from "../../src/commands/deadline.ts";
import { refresh } from "../../src/commands/refresh.ts";
import type { Clock } from "../../src/ports.ts";
import { World } from "../support/world.ts";

const FORCED = { names: [], when: "forced", probe: "not_asked", effect: "real" } as const;

/** The world's clock, on which the deadline comes when the test says so. */
function untilPassed(clock: Clock): { readonly clock: Clock; readonly pass: () => void } {
  let pass = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    pass = resolve;
  });
  const sleep: Clock["sleep"] = (milliseconds, signal) =>
    milliseconds === 60_000 ? passed : clock.sleep(milliseconds, signal);
  return { clock: { now: () => clock.now(), sleep }, pass };
}

test("what was spent when the deadline passes is stored, published and committed; the rest is not begun", async () => {
  const world = await World.authorized();
  world.declare({ name: "strava", outputs: { STRAVA_ACCESS_TOKEN: "access_token" } });
  await world.authorize("strava");
  const { clock, pass } = untilPassed(world.clock);
  const report = await world.within({ ports: { clock } }, async ({ ports }) => {
    world.sandbox.authorizationServer.faults.before("token", pass);
    return byDeadline(ports, 60, async (late) => {
      const first = await refresh(late, { ...FORCED, names: ["oura"] });
      const second = await refresh(late, { ...FORCED, names: ["strava"] });
      return [...first.results, ...second.results];
    });
  });
  expect(report).toMatchObject([
    { credential: "oura", outcome: "refreshed", generation: 2 },
    { credential: "strava", outcome: "interrupted", exit: 130 },
  ]);
  expect(world.refreshes()).toBe(1);
  expect(await world.outputWorks()).toBe(true);
});
