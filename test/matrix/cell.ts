import { expect } from "vitest";
import { projectOf } from "../../src/declaration/project.ts";
import { formatInstant } from "../../src/instant.ts";
import { lastRunBefore } from "../../src/protocol/schedule.ts";
import { REPOSITORY } from "../support/cli-setting.ts";
import { documentOf } from "../support/cli.ts";
import type { Ended } from "../support/cli.ts";
import type { Job, World } from "../support/cli-world.ts";
import { authorizeHere, runHere } from "../support/here.ts";
import type { Aftermath, Cell, Facts } from "./expectation.ts";
import { clearDisk } from "./misfortunes.ts";
import { NO_TRAP, trapAt } from "./moments.ts";
import { quickly } from "./quickly.ts";
import { isInOrder, read } from "./reading.ts";
import type { Reading } from "./reading.ts";

/** Nothing lasts longer: neither a misfortune nor a process that waits for its end. */
const HOUR_SECONDS = 3_600;
/** As many scheduled runs as it may take. */
const RUNS = 3;

export interface Story {
  readonly facts: Facts;
  readonly aftermath: Aftermath;
  /** Of the refresh itself where it ended by itself, then of every run after it. */
  readonly outcomes: readonly string[];
}

/** Lets one refresh go wrong and lets scheduled runs follow. The world has a credential in order, before and after. */
export async function play(world: World, cell: Cell): Promise<Story> {
  const before = read(world);
  const job = world.job();
  const ended = await strickenRefresh(world, job, cell);
  const facts = factsOf(before, read(world), ended);
  world.endJob(job, cell.disk === "uploaded" ? "uploaded" : "none");
  const outcomes = ended.exit === null ? ["killed"] : [outcomeOf(ended)];
  const aftermath = await followed(world, before, outcomes);
  return { facts, aftermath, outcomes };
}

async function strickenRefresh(world: World, job: Job, { moment, misfortune }: Cell): Promise<Ended> {
  const disk = job.env["RUNNER_TEMP"] ?? "";
  let over: () => void = () => undefined;
  const isOver = new Promise<void>((resolve) => (over = resolve));
  misfortune.strike({ world, disk, over: isOver });
  const limits = misfortune.limits === "reached" ? { QUICK_TIME_LIMITS: "quick" } : {};
  const running = world.start(["refresh", "--force", "--json"], { ...quickly(world, job.env), ...limits });
  world.set(trapAt(moment, () => running.stop("SIGKILL")));
  const ended = await running.ended;
  over();
  // The servers come to the end of what they were at, and note it.
  await new Promise((resume) => setImmediate(resume));
  world.set(NO_TRAP);
  world.authorizationServer.faults.clear();
  world.github.faults.clear();
  if (misfortune.refuses.includes("disk")) clearDisk(disk);
  return ended;
}

function factsOf(before: Reading, after: Reading, { exit }: Ended): Facts {
  const { entry } = after;
  const isMoved = entry.intent !== undefined || entry.generation > before.entry.generation;
  return {
    end: exit === null ? "killed" : "by_itself",
    intent: isMoved ? "won" : "none",
    refreshToken: after.granted > before.granted ? "spent" : "unspent",
    took: [
      ...(after.envelope === before.envelope ? [] : (["store"] as const)),
      ...(after.log === undefined || after.log === before.log ? [] : (["journal"] as const)),
    ],
  };
}

/** Scheduled runs, an hour and more apart, until the credential is in order or somebody has been called. */
async function followed(world: World, before: Reading, outcomes: string[]): Promise<Aftermath> {
  for (let run = 0; run < RUNS; run += 1) {
    const ended = await scheduledRun(world, HOUR_SECONDS);
    outcomes.push(outcomeOf(ended));
    expectSentOnce(world, before);
    expect(await world.consumersAreServed(), "consumers hold an access token that works").toBe(true);
    if (isInOrder(world)) return "goes_on";
    if (ended.exit === 4) return afterAlarm(world, ended, outcomes);
  }
  throw new Error(`not in order, and nobody called: ${outcomes.join(", ")}`);
}

/** The owner was told what is at stake until when; the last run before then tries the token once. */
async function afterAlarm(world: World, told: Ended, outcomes: string[]): Promise<Aftermath> {
  const [result] = documentOf(told).results;
  const { entry } = read(world);
  expect(result).toMatchObject({ outcome: "ambiguous" });
  expect(result?.["message"]).toContain(`works until ${formatInstant(entry.expiresAt ?? new Date(0))}`);
  expect(result?.["hint"]).toContain("sealring authorize oura");
  const last = await scheduledRun(world, secondsToLastRun(world, entry.expiresAt));
  outcomes.push(outcomeOf(last));
  if (last.exit === 0) {
    expect(isInOrder(world), "in order").toBe(true);
    return "probe_succeeds";
  }
  expect(last.exit).toBe(4);
  expect(documentOf(last).results).toMatchObject([
    { outcome: "reauthorization_required", hint: "run: sealring authorize oura" },
  ]);
  await authorizeHere(world);
  return "person";
}

async function scheduledRun(world: World, afterSeconds: number): Promise<Ended> {
  world.clock.passSeconds(afterSeconds);
  const job = world.job();
  const ended = await runHere(world, ["refresh", "--json"], job);
  world.endJob(job, "uploaded");
  return ended;
}

/** Until the last time that the default schedule starts a run before then. */
function secondsToLastRun(world: World, expiresAt: Date | undefined): number {
  const { schedule } = projectOf(undefined, { repository: REPOSITORY }).project;
  const last = lastRunBefore(schedule, expiresAt ?? new Date(0))?.getTime() ?? 0;
  return (last - world.clock.now().getTime()) / 1_000;
}

/** No refresh token went out twice. */
function expectSentOnce(world: World, before: Reading): void {
  const twice = read(world).sentTwice.filter((token) => !before.sentTwice.includes(token));
  expect(twice, "refresh tokens that were sent twice").toEqual([]);
}

function outcomeOf(ended: Ended): string {
  expect([0, 3, 4, 5], ended.stderr).toContain(ended.exit);
  return String(documentOf(ended).results[0]?.["outcome"]);
}
