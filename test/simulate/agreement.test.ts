import { expect, onTestFinished, test } from "vitest";
import type { Ports } from "../../src/commands/context.ts";
import { refresh } from "../../src/commands/refresh.ts";
import { declare } from "../../src/commands/context.ts";
import { costOfJob } from "../../src/request-cost.ts";
import { chanceFrom, outagesIn } from "../../src/simulate/random.ts";
import type { Scenario } from "../../src/simulate/scenario.ts";
import { shardsOf, startsOf } from "../../src/simulate/shards.ts";
import { simulate } from "../../src/simulate/simulate.ts";
import { World } from "../support/world.ts";

const DAY = 86_400;
const MINUTE = 60_000;
const NAMES = ["oura", "strava", "whoop", "withings", "fitbit"];

/** The code's own way through the scenario, run by run, at the times at which the simulation starts them. */
interface Played {
  readonly refreshes: number;
  readonly expiredMinutes: number;
  readonly runs: readonly { readonly refreshed: number; readonly asked: Readonly<Record<string, number>> }[];
}

/** Tokens of a day, and five credentials of one environment. */
async function worldOfDays(): Promise<World> {
  const world = await World.create();
  const { redirect_uris: redirectUris, client_secret: secret } = world.sandbox.addresses.authorization_server;
  world.sandbox.authorizationServer.registerClient({
    id: "daily",
    redirectUris,
    secret,
    accessTokenSeconds: DAY,
  });
  for (const name of NAMES) world.declare({ name, clientId: "daily" });
  return world;
}

function scenarioOf(world: World, ports: Ports, more: Partial<Scenario>): Scenario {
  const declaring = declare(ports);
  if (declaring.kind === "faulty") throw new Error("the declarations are at fault");
  return {
    ...declaring.declared,
    project: { ...declaring.declared.project, schedule: "17 */6 * * *" },
    lifetimeSeconds: DAY,
    delays: { medianSeconds: 3_600, highSeconds: 5 * 3_600, longestSeconds: 11 * 3_600, dropped: 0.2 },
    outages: { aMonth: 3, seconds: DAY },
    start: world.clock.now(),
    days: 10,
    authorized: "together",
    seed: 7,
    ...more,
  };
}

const UNREACHABLE: Ports["http"] = { send: async () => ({ kind: "not_sent", reason: "refused" }) };

async function play(world: World, scenario: Scenario): Promise<Played> {
  const outages = outagesIn(scenario.outages, scenario, chanceFrom(scenario.seed));
  const starts = startsOf(shardsOf(scenario), scenario, chanceFrom(scenario.seed + 1));
  const runs: Played["runs"][number][] = [];
  let expired = 0;
  const { github } = world.sandbox;
  for (const { at } of starts.runs) {
    world.clock.passSeconds(Math.max(0, (at - world.clock.now().getTime()) / 1_000));
    const now = world.clock.now();
    const isDown = outages.some(({ from, until }) => from <= now && now < until);
    const before = new Map(NAMES.map((name) => [name, world.entry(name).expiresAt]));
    github.log.length = 0;
    const ports = { scheduledBy: "sealring.yml", ...(isDown ? { http: UNREACHABLE } : {}) };
    const report = await world.within({ ports }, (job) =>
      refresh(job.ports, { names: [], when: "due", probe: "not_asked", effect: "real" }),
    );
    const done = report.results.filter(({ outcome }) => outcome === "refreshed");
    for (const { credential } of done)
      expired += Math.max(0, world.clock.now().getTime() - (before.get(credential)?.getTime() ?? 0));
    if (!isDown) runs.push({ refreshed: done.length, asked: tally(world) });
  }
  const end = scenario.start.getTime() + scenario.days * DAY * 1_000;
  for (const name of NAMES) expired += Math.max(0, end - (world.entry(name).expiresAt?.getTime() ?? 0));
  return { refreshes: world.refreshes(), expiredMinutes: expired / MINUTE, runs };
}

/** What went over the wire, by the simulation's kinds. */
function tally(world: World): Readonly<Record<string, number>> {
  const tallied = { reads: 0, writes: 0, swaps: 0, graphql: 0 };
  for (const { method, operation } of world.sandbox.github.log) {
    if (operation === "graphql") tallied.graphql += 1;
    else if (operation === "git/update-ref") tallied.swaps += 1;
    else if (method === "GET") tallied.reads += 1;
    else if (method === "PUT") tallied.writes += 1;
  }
  return tallied;
}

test("ten days of late runs and an outage come out for the code as the simulation says", async () => {
  const world = await worldOfDays();
  for (const name of NAMES) await world.authorize(name);
  const job = world.job();
  onTestFinished(() => {
    job.end();
  });
  const scenario = scenarioOf(world, job.ports, {});
  const told = simulate(scenario);
  const played = await play(world, scenario);
  expect(told.refreshes).toBeGreaterThan(50);
  expect(told.expired.totalMinutes).toBeGreaterThan(100);
  // Jobs take some seconds in the simulation, and none here, which can decide a refresh on the edge of a margin.
  expect(Math.abs(played.refreshes - told.refreshes)).toBeLessThanOrEqual(told.refreshes * 0.02);
  expect(Math.abs(played.expiredMinutes - told.expired.totalMinutes)).toBeLessThanOrEqual(
    told.expired.totalMinutes * 0.02 + played.refreshes,
  );
  expect(played.runs.some(({ refreshed }) => refreshed === 0)).toBe(true);
  for (const { refreshed, asked } of played.runs) {
    const size = { credentials: NAMES.length, refreshed, writesPerRefresh: 2, destinations: 1 };
    const { secrets, journal } = costOfJob({ ...size, position: "first" }, 1);
    const { swaps } = journal;
    const cost = {
      reads: secrets.reads + journal.reads,
      writes: secrets.writes + journal.writes,
      graphql: secrets.graphql + journal.graphql,
    };
    expect(asked).toMatchObject(cost);
    // How many intents and commits meet in one swap is up to the moment.
    expect(asked["swaps"]).toBeGreaterThanOrEqual(swaps);
    expect(asked["swaps"]).toBeLessThanOrEqual(swaps + 2);
  }
}, 60_000);
