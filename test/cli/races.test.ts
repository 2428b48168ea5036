import { expect, it } from "vitest";
import type { TestContext } from "vitest";
import { documentOf } from "../support/cli.ts";
import type { Ended } from "../support/cli.ts";
import { World } from "../support/cli-world.ts";
import type { FaultPlan } from "../../src/sandbox/faults.ts";

async function authorizedWorld(test: TestContext, ...names: readonly string[]): Promise<World> {
  const world = await World.forTest(test);
  for (const name of names) world.declare(name);
  for (const name of names) expect(await world.run(["authorize", name])).toMatchObject({ exit: 0 });
  return world;
}

/** Holds the next request of an operation up until something else has happened. */
function meanwhile(faults: FaultPlan, operation: string, happens: () => Promise<unknown>): void {
  let held = false;
  faults.before(operation, async () => {
    if (held) return;
    held = true;
    await happens();
  });
}

const refresh = (...names: string[]) => ["refresh", ...names, "--force", "--json"];

function outcomesOf(ended: Ended | undefined): readonly unknown[] {
  return ended === undefined ? [] : documentOf(ended).results.map(({ outcome }) => outcome);
}

it.concurrent(
  "a second refresh of the same credential finds the first at it, and sends nothing",
  async (test) => {
    const world = await authorizedWorld(test, "oura");
    const [first, second] = [world.job(), world.job()];
    let other: Ended | undefined;
    meanwhile(world.authorizationServer.faults, "token", async () => {
      other = await world.run(refresh(), second.env);
    });
    const one = await world.run(refresh(), first.env);
    expect(one.exit).toBe(0);
    expect(outcomesOf(one)).toEqual(["refreshed"]);
    expect(other?.exit).toBe(3);
    expect(outcomesOf(other)).toEqual(["transient"]);
    expect(other?.stdout).toContain(
      `oura: run ${String(first.run.id)} is at it (refresh), and has not ended`,
    );
    expect([...world.authorizationServer.refreshRequests().values()]).toEqual([1]);
  },
);

it.concurrent(
  "of two refreshes that began alike, the one that loses the swap sends nothing",
  async (test) => {
    const world = await authorizedWorld(test, "oura");
    const [first, second] = [world.job(), world.job()];
    let other: Ended | undefined;
    meanwhile(world.github.faults, "git/update-ref", async () => {
      other = await world.run(refresh(), second.env);
    });
    const one = await world.run(refresh(), first.env);
    expect(outcomesOf(other)).toEqual(["refreshed"]);
    expect(one.exit).toBe(3);
    expect(outcomesOf(one)).toEqual(["transient"]);
    expect([...world.authorizationServer.refreshRequests().values()]).toEqual([1]);
    expect(await world.consumersAreServed()).toBe(true);
  },
);

it.concurrent(
  "a job that was queued with an old snapshot stops as stale, and sends nothing",
  async (test) => {
    const world = await authorizedWorld(test, "oura");
    // Both began before the first one's commit, which the machine's own clock dates.
    world.clock.passSeconds(-300);
    const [first, second] = [world.job(), world.job()];
    await world.inJob(refresh(), first);
    const late = await world.run(refresh(), second.env);
    expect(late.exit).toBe(3);
    expect(outcomesOf(late)).toEqual(["stale"]);
    expect([...world.authorizationServer.refreshRequests().values()]).toEqual([1]);
  },
);

it.concurrent(
  "two refreshes of different credentials both win, though one lost the first swap",
  async (test) => {
    const world = await authorizedWorld(test, "oura", "whoop");
    const [first, second] = [world.job(), world.job()];
    let other: Ended | undefined;
    meanwhile(world.github.faults, "git/update-ref", async () => {
      other = await world.run(refresh("whoop"), second.env);
    });
    const one = await world.run(refresh("oura"), first.env);
    expect(outcomesOf(other)).toEqual(["refreshed"]);
    expect(outcomesOf(one)).toEqual(["refreshed"]);
    expect([...world.authorizationServer.refreshRequests().values()]).toEqual([1, 1]);
  },
);

it.concurrent(
  "a person who authorizes while a job refreshes is told to wait, before the browser opens",
  async (test) => {
    const world = await authorizedWorld(test, "oura");
    const job = world.job();
    let other: Ended | undefined;
    meanwhile(world.authorizationServer.faults, "token", async () => {
      other = await world.run(["authorize", "oura", "--json"]);
    });
    expect(outcomesOf(await world.run(refresh(), job.env))).toEqual(["refreshed"]);
    expect(other?.exit).toBe(3);
    expect(other?.stderr).not.toContain("browser");
    expect(await world.consumersAreServed()).toBe(true);
  },
);
