import { expect, test } from "vitest";
import type { GitHub } from "../../src/github.ts";
import { envelopeName, World } from "../support/world.ts";

/** Authorized, then refreshed with a request that never arrived. */
async function lost(): Promise<World> {
  const world = await World.authorized();
  world.sandbox.authorizationServer.faults.fail("token", { kind: "drop_request" });
  const report = await world.refresh({ when: "forced" });
  expect(report).toMatchObject({ exit: 4, results: [{ outcome: "ambiguous" }] });
  return world;
}

test("the last scheduled run before the access token's end probes, and none before it", async () => {
  const world = await lost();
  world.project = 'version: 1\nschedule: "17 */6 * * *"\n';
  // Runs start at 17 past 0, 6, 12 and 18 o'clock, and the token ends at noon.
  const end = world.entry().expiresAt ?? new Date(0);
  const untilEnd = (hours: number) =>
    world.clock.passSeconds((end.getTime() - world.clock.now().getTime()) / 1_000 - hours * 3_600);
  untilEnd(11.5);
  expect((await world.refresh()).results).toMatchObject([{ outcome: "ambiguous" }]);
  expect(world.refreshes()).toBe(1);
  untilEnd(5.5);
  world.sandbox.authorizationServer.faults.fail("token", { kind: "drop_request" });
  expect((await world.refresh()).results).toMatchObject([{ outcome: "ambiguous" }]);
  untilEnd(1);
  const [second] = (await world.refresh()).results;
  expect(second).toMatchObject({ outcome: "ambiguous", hint: "run: sealring authorize oura" });
  expect(second?.message).toContain("one probe");
  expect(world.refreshes()).toBe(2);
  untilEnd(-1);
  expect((await world.refresh()).results).toMatchObject([{ outcome: "refreshed" }]);
});

test("a job that is run again with the secrets of the first time does not probe what the store has replaced", async () => {
  const world = await World.authorized();
  const { secrets } = world.job().ports;
  const died = new Error("the runner went away");
  const dying = (github: GitHub): GitHub => ({
    ...github,
    stores: {
      ...github.stores,
      put: async (target, name, value) => {
        const outcome = await github.stores.put(target, name, value);
        if (name === envelopeName("oura")) throw died;
        return outcome;
      },
    },
  });
  await expect(world.refresh({ when: "forced", github: dying })).rejects.toThrow(died);
  const again = await world.refresh({ probe: "asked", ports: { secrets } });
  expect(again.results).toMatchObject([{ outcome: "ambiguous" }]);
  expect(world.refreshes()).toBe(1);
  expect((await world.refresh()).results).toMatchObject([{ outcome: "recovered", generation: 2 }]);
});

test("a process leaves the probe to the workflow, where the answer may be in a run's artifact", async () => {
  const world = await lost();
  const { secrets } = world.job().ports;
  const options = { owner: "process", probe: "asked", ports: { secrets } } as const;
  expect((await world.refresh(options)).results).toMatchObject([{ outcome: "ambiguous" }]);
  expect(world.refreshes()).toBe(1);
});
