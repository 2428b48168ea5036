import { afterAll, beforeAll, expect, test } from "vitest";
import { chanceOf } from "./chance.ts";
import { INCIDENTS } from "./incidents.ts";
import { expectNoLeak } from "./leaks.ts";
import { Month, startsOf } from "./month.ts";
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
const EVENTS = Object.keys(INCIDENTS).filter((name) => name !== "nothing happens");
const TURNS_BETWEEN = 7;

let world: RunnerWorld;
let month: Month;

beforeAll(async () => {
  const chance = chanceOf(SEED);
  world = await RunnerWorld.open(chance);
  world.declare(
    CREDENTIALS.map(({ name, environment, hours, marginHours }) => ({
      ...{ name, environment, accessTokenSeconds: hours * HOUR_SECONDS },
      more: [`refresh: { margin: ${String(marginHours)}h }`],
    })),
  );
  for (const { name } of CREDENTIALS) await world.authorize(name);
  month = new Month(world, CREDENTIALS.map(watched));
  const starts = startsOf("17 */6 * * *", world.clock.now(), { days: DAYS, chance });
  for (const [turn, at] of starts.entries()) {
    const event = turn % TURNS_BETWEEN === 3 ? EVENTS[Math.floor(turn / TURNS_BETWEEN)] : undefined;
    await month.turn(at, event ?? "nothing happens");
  }
});

afterAll(() => world.close());

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
