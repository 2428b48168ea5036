import { afterAll, beforeAll, expect, test } from "vitest";
import { chanceFrom } from "../../src/simulate/random.ts";
import { lastRunBefore } from "../../src/protocol/schedule.ts";
import type { Scenario } from "../../src/simulate/scenario.ts";
import { DEFAULT_DELAYS } from "../../src/simulate/scenario.ts";
import { shardsOf, startsOf } from "../../src/simulate/shards.ts";
import { Tokens } from "../../src/simulate/tokens.ts";
import { chanceOf } from "./chance.ts";
import { INCIDENTS } from "./incidents.ts";
import { expectNoLeak } from "./leaks.ts";
import { Month } from "./month.ts";
import type { Watched } from "./month.ts";
import { REPOSITORY } from "./repository.ts";
import { RunnerWorld } from "./world.ts";

/*
 * The generated workflow, for thirty days. Real: the workflow's text, read and evaluated by GitHub's own packages; bash, with
 * the steps' scripts, words and variables; every file that a step reads or writes; the command line, over HTTP, against the
 * sandbox. Emulated: time; the process behind `sealring`, which is this one; what GitHub and its runners decide.
 */

const HOUR_SECONDS = 3_600;
const DAYS = 30;
const SEED = 20_261_122;

/** By their lifetimes and margins; the second is due at every turn. */
const CREDENTIALS = [
  { name: "oura", environment: "sealring", hours: 24, marginHours: 8 },
  { name: "whoop", environment: "partners", hours: 24, marginHours: 20 },
  { name: "strava", environment: "partners", hours: 8, marginHours: 7 },
];
const QUIET = "nothing happens";
const EVENTS = Object.keys(INCIDENTS).filter((name) => name !== QUIET);
const LOSES_ANSWERS = [
  "the provider answers 503",
  "the provider drops every connection",
  "the machine is lost when the intent is written",
];
const TURNS_BETWEEN = 7;

let world: RunnerWorld;
let month: Month;

beforeAll(async () => {
  const chance = chanceOf(SEED);
  world = await RunnerWorld.open({ chance });
  world.declare(
    CREDENTIALS.map(({ name, environment, hours, marginHours }) => ({
      ...{ name, environment, accessTokenSeconds: hours * HOUR_SECONDS },
      more: [`refresh: { margin: ${String(marginHours)}h }`],
    })),
  );
  for (const { name } of CREDENTIALS) await world.authorize(name);
  month = new Month(world, CREDENTIALS.map(watched));
  const starts = simulatedStarts();
  for (const [turn, at] of starts.entries()) {
    const event = turn % TURNS_BETWEEN === 3 ? EVENTS[Math.floor(turn / TURNS_BETWEEN)] : undefined;
    await month.turn(at, event ?? QUIET);
  }
});

afterAll(() => world.close());

/** When `simulate` has the schedule's runs start, with GitHub's delays. */
function simulatedStarts(): readonly Date[] {
  const scenario: Scenario = {
    ...world.declared,
    ...{ start: world.clock.now(), days: DAYS, seed: SEED, lifetimeSeconds: 24 * HOUR_SECONDS },
    ...{ delays: { ...DEFAULT_DELAYS, dropped: 0.05 }, authorized: "together" },
    outages: { aMonth: 0, seconds: 0 },
  };
  const { runs } = startsOf(shardsOf(scenario), scenario, chanceFrom(SEED));
  return runs.map(({ at }) => new Date(at));
}

/**
 * For how many minutes `simulate` says that consumers have an expired token, where an incident spoils its turn and the next:
 * what was replayed is published by the job after. A lost answer waits for the last scheduled run before the token's end.
 */
function simulatedMinutes(name: string, hours: number): number {
  const { project, credentials } = world.declared;
  const credential = credentials.find((each) => each.name === name);
  let obtainedAt = world.entry(name).authorizedAt;
  if (credential === undefined || obtainedAt === undefined) throw new Error(name);
  const tokens = new Tokens(credential, hours * HOUR_SECONDS, obtainedAt.getTime());
  let waitsUntil: Date | undefined;
  let before = QUIET;
  for (const { began, ended, incident } of month.turns) {
    if (tokens.isDue(ended.getTime())) {
      const end = new Date(obtainedAt.getTime() + hours * HOUR_SECONDS * 1_000);
      if (LOSES_ANSWERS.includes(incident)) waitsUntil = lastRunBefore(project.schedule, end);
      const isWaiting = waitsUntil !== undefined && began < waitsUntil;
      if (incident === QUIET && before === QUIET && !isWaiting) {
        tokens.refresh(began.getTime(), ended.getTime());
        obtainedAt = began;
        waitsUntil = undefined;
      }
    }
    before = incident;
  }
  return tokens.expiredMilliseconds / 60_000;
}

function watched({ name, marginHours }: (typeof CREDENTIALS)[number]): Watched {
  const target = { kind: "repository", repository: REPOSITORY, app: "actions" } as const;
  const secretName = `${name.toUpperCase()}_ACCESS_TOKEN`;
  return { name, target, secretName, marginSeconds: marginHours * HOUR_SECONDS };
}

test("every incident has had its turn, and every credential has lived through it", () => {
  expect(month.reports.length).toBeGreaterThan(EVENTS.length * TURNS_BETWEEN);
  const generations = CREDENTIALS.map(({ name }) => world.entry(name).generation);
  expect(Math.min(...generations)).toBeGreaterThan(DAYS);
});

test("no credential was expired for longer than `simulate` says", () => {
  for (const { name, hours } of CREDENTIALS) {
    expect(month.expiredMinutes.get(name), name).toBeLessThanOrEqual(simulatedMinutes(name, hours));
  }
});

test("no refresh token was answered twice, and none that was dead was ever sent", () => {
  const refreshes = world.provider.log.filter(({ body }) => body["grant_type"] === "refresh_token");
  const answered = refreshes.filter(({ status }) => status === 200).map(({ body }) => body["refresh_token"]);
  expect(new Set(answered).size).toBe(answered.length);
  expect(refreshes.filter(({ status }) => status === 400)).toEqual([]);
});

test("consumers hold working tokens at the end", async () => {
  for (const { target, secretName } of CREDENTIALS.map(watched)) {
    expect(await world.works(world.secret(target, secretName) ?? ""), secretName).toBe(true);
  }
});

test("no log, summary, commit, artifact or issue shows a secret", () => {
  expectNoLeak(world, month.reports);
});
