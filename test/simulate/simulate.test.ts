import { describe, expect, it, test } from "vitest";
import { simulate } from "../../src/commands/simulate.ts";
import type { SimulateRequest } from "../../src/commands/simulate.ts";
import { simulationJson, simulationText } from "../../src/report/simulate.ts";
import { chanceFrom, delaySeconds, outagesIn } from "../../src/simulate/random.ts";
import { DEFAULT_DELAYS } from "../../src/simulate/scenario.ts";
import { memoryFiles } from "../support/memory-files.ts";

const DAY = 86_400;
const ON_TIME = { medianSeconds: 0, highSeconds: 0, longestSeconds: 0, dropped: 0 };

function play(more: Partial<SimulateRequest> = {}, project = "version: 1\nrepository: acme/credentials\n") {
  const files = memoryFiles({ "sealring.yaml": project });
  const { results } = simulate(files, {
    ...{ madeUp: { credentials: 98, outputs: 1, destinations: 1 }, marginSeconds: undefined },
    ...{ schedule: "17 */6 * * *", lifetimeSeconds: 30 * DAY, days: 30, seed: 1, authorized: "apart" },
    ...{ delays: ON_TIME, outages: { aMonth: 0, seconds: 0 } },
    ...more,
  });
  const [result] = results;
  if (result === undefined) throw new Error("nothing was simulated");
  return result;
}

describe("runs that start on time", () => {
  it("let no token expire, and refresh each as often as its margin says", () => {
    const { simulation } = play({ marginSeconds: 10 * DAY });
    expect(simulation.runs).toMatchObject({ scheduled: 120, started: 120 });
    expect(simulation.expired).toEqual({ credentials: 0, longestMinutes: 0, totalMinutes: 0 });
    // Every 20 days, of tokens that are 0 to 15 days old at the start.
    expect(simulation.refreshes).toBeGreaterThan(98);
    expect(simulation.refreshes).toBeLessThan(2 * 98);
  });

  it("are late for a margin that is shorter than the time between them, by what is missing", () => {
    const { simulation } = play({
      lifetimeSeconds: DAY,
      marginSeconds: 3_600,
      authorized: "together",
      days: 2,
    });
    // Expires at 0:00, which the run of 0:17 finds.
    expect(simulation.expired.credentials).toBe(98);
    expect(simulation.expired.longestMinutes).toBeGreaterThan(17);
    expect(simulation.expired.longestMinutes).toBeLessThan(22);
  });
});

test("the same seed gives the same result, and another one another", () => {
  const late = { delays: { ...DEFAULT_DELAYS, dropped: 0.3 }, outages: { aMonth: 2, seconds: 4 * 3_600 } };
  expect(play(late).simulation).toEqual(play(late).simulation);
  expect(play(late).simulation).not.toEqual(play({ ...late, seed: 2 }).simulation);
});

test("an outage longer than the margin lets tokens expire", () => {
  const short = { lifetimeSeconds: DAY, authorized: "apart" } as const;
  expect(play(short).simulation.expired.credentials).toBe(0);
  const { expired } = play({ ...short, outages: { aMonth: 1, seconds: 2 * DAY } }).simulation;
  expect(expired.credentials).toBe(98);
  expect(expired.longestMinutes).toBeGreaterThan(24 * 60);
});

describe("ten thousand credentials", () => {
  const madeUp = { credentials: 10_000, outputs: 1, destinations: 1 };

  it("have a job for each environment of 98, and stay inside the hour", () => {
    const { simulation } = play({ madeUp, days: 5 });
    expect(simulation.shards.environments).toBe(103);
    expect(simulation.peaks.requestsAnHour).toBeLessThanOrEqual(5_000);
    expect(simulation.expired.credentials).toBe(0);
  });

  it("that are due together are put off to later runs", () => {
    const twice = { ...madeUp, outputs: 2 };
    const together = { madeUp: twice, marginSeconds: 29 * DAY, days: 3, authorized: "together" } as const;
    const { simulation } = play({ ...together, schedule: "17 * * * *" });
    expect(simulation.putOff).toBeGreaterThan(0);
    expect(simulation.refreshes).toBeGreaterThanOrEqual(10_000);
    expect(simulation.peaks.requestsAnHour).toBeGreaterThan(0.9 * 5_000);
    expect(simulation.peaks.requestsAnHour).toBeLessThanOrEqual(5_000);
  });
});

test("a run is late by the durations that are given, and one in so many never starts", () => {
  const chance = chanceFrom(3);
  const delays = Array.from({ length: 10_000 }, () => delaySeconds(DEFAULT_DELAYS, chance));
  const started = delays.filter((delay) => delay !== undefined).sort((a, b) => a - b);
  expect(started.length).toBeGreaterThan(9_700);
  expect(started.length).toBeLessThan(9_900);
  const at = (share: number) => started[Math.floor(started.length * share)] ?? 0;
  expect(at(0.5) / 600).toBeCloseTo(1, 1);
  expect(at(0.95) / 3_600).toBeCloseTo(1, 0);
  expect(at(0.999)).toBeLessThanOrEqual(6 * 3_600);
});

test("outages are as many and as long as was asked, in proportion to the days", () => {
  const at = { start: new Date("2026-01-01T00:00:00Z"), days: 60 };
  const spans = outagesIn({ aMonth: 2, seconds: 3_600 }, at, chanceFrom(1));
  expect(spans).toHaveLength(4);
  for (const { from, until } of spans) expect(until.getTime() - from.getTime()).toBe(3_600_000);
});

test("a short time has an outage, too, where one is asked for", () => {
  const at = { start: new Date("2026-01-01T00:00:00Z"), days: 1 };
  expect(outagesIn({ aMonth: 1, seconds: 3_600 }, at, chanceFrom(1))).toHaveLength(1);
  expect(outagesIn({ aMonth: 0, seconds: 3_600 }, at, chanceFrom(1))).toEqual([]);
  const result = play({ days: 7, outages: { aMonth: 1, seconds: 4 * 3_600 } });
  expect(result.simulation.outages).toBe(1);
  expect(simulationText([result])).toMatch(/outages +1, of 4h/);
});

test("declared credentials are simulated as they are declared", () => {
  const yaml = `version: 1
name: oura
provider: oura
grant: authorization_code
client: { id: client-1 }
scopes: [daily]
redirect_uri: http://localhost:8484/callback
outputs: { OURA_ACCESS_TOKEN: access_token }
refresh: { margin: 25d }
`;
  const files = memoryFiles({ "credentials/oura.yaml": yaml });
  const { results, faults } = simulate(files, {
    ...{ madeUp: undefined, marginSeconds: undefined, schedule: undefined, lifetimeSeconds: 30 * DAY },
    ...{ days: 30, seed: 1, authorized: "together", delays: ON_TIME, outages: { aMonth: 0, seconds: 0 } },
  });
  expect(faults).toEqual([]);
  // Every five days and a bit.
  expect(results[0]?.simulation).toMatchObject({ credentials: 1, refreshes: 5 });
});

test("a faulty declaration is told instead", () => {
  const report = simulate(memoryFiles({ "credentials/oura.yaml": "version: 1\n" }), {
    ...{ madeUp: undefined, marginSeconds: undefined, schedule: undefined, lifetimeSeconds: DAY },
    ...{ days: 1, seed: 1, authorized: "together", delays: ON_TIME, outages: { aMonth: 0, seconds: 0 } },
  });
  expect(report).toMatchObject({ exit: 2, results: [] });
  expect(report.faults.length).toBeGreaterThan(0);
});

describe("a job's own token", () => {
  const madeUp = { credentials: 20_000, outputs: 1, destinations: 1 };
  const everyHour = { madeUp, schedule: "17 * * * *", days: 1 };

  it("gives a thousand requests an hour, and no more are asked of it", () => {
    const result = play(everyHour);
    const { journal, demands } = result.simulation;
    expect(journal?.requestsAnHour).toBeGreaterThan(500);
    expect(journal?.requestsAnHour).toBeLessThanOrEqual(1_000);
    expect(demands).toMatchObject([
      { token: "secrets", capacity: 4_900 },
      { token: "journal", capacity: 900 },
    ]);
    expect(simulationText([result])).toMatch(/TOO MUCH +[\d,]+ requests an hour are needed; GITHUB_TOKEN/);
    for (const line of simulationText([result]).split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("has no part where an App does everything", () => {
    const app = "version: 1\ngithub: { app: { client_id: Iv23liAbCdEfGhIjKlMn, private_key: APP_KEY } }\n";
    const result = play(everyHour, app);
    expect(result.simulation.journal).toBeUndefined();
    expect(result.simulation.demands).toHaveLength(1);
    expect(simulationText([result])).not.toContain("GITHUB_TOKEN");
  });
});

test("runs of several files wait for each other, so that none fills a minute that another one writes in", () => {
  const { simulation } = play({
    madeUp: { credentials: 20_000, outputs: 1, destinations: 1 },
    ...{ schedule: "17 * * * *", days: 1, marginSeconds: 29 * DAY, authorized: "together" },
    ...{ lifetimeSeconds: 29.5 * DAY },
  });
  expect(simulation.shards.files).toBeGreaterThan(1);
  expect(simulation.refreshes).toBeGreaterThan(10_000);
  // Not twice what a minute takes. Where a new hour begins between two jobs, it does not tell what the first one wrote.
  expect(simulation.peaks.pointsAMinute).toBeLessThan(2 * 900);
});

test("a person reads each figure beside its limit, in 80 columns", () => {
  const text = simulationText([play()]);
  expect(text).toMatch(/^98 credentials: 1 environment, 1 job, 1 workflow file\n/);
  expect(text).toMatch(/requests +[\d,]+, at most \d+ of 5,000 in an hour/);
  expect(text).toMatch(/expired tokens +none/);
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

test("a program reads the same", () => {
  expect(simulationJson(play())).toMatchObject({
    credentials: 98,
    environments: 1,
    expired_minutes_total: 0,
  });
});
