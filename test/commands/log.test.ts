import { describe, expect, it, test } from "vitest";
import { refresh } from "../../src/commands/refresh.ts";
import { log } from "../../src/commands/log.ts";
import type { LogRequest } from "../../src/commands/log.ts";
import { revoke } from "../../src/commands/revoke.ts";
import { logJson, logText } from "../../src/report/log.ts";
import { expectReadable, expectWholeJson } from "../report/lines.ts";
import { DOWN, putOf } from "../support/misfortunes.ts";
import { envelopeName, World } from "../support/world.ts";

const STATE = "sealring-state";

function logOf(world: World, request: Partial<LogRequest> = {}) {
  // Nothing of a job is needed: no secret, and no client.
  const ports = { secrets: { read: () => undefined } };
  return world.within({ owner: "process", ports }, async ({ ports: all }) =>
    log(all, { name: undefined, limit: 1_000, ...request }),
  );
}

/** The table's lines without their times, and with runs counted from 1. */
function linesOf(text: string): readonly string[] {
  const runs: string[] = [];
  const rows = text.trimEnd().split("\n").slice(1).toReversed();
  const counted = rows.map((row) => {
    const [, run = "", ...rest] = row.split(/ {2,}/);
    if (run !== "-" && !runs.includes(run)) runs.push(run);
    return [run === "-" ? run : `run ${String(1 + runs.indexOf(run))}`, ...rest].join("  ");
  });
  return counted.toReversed();
}

/** Somebody with a clone: a commit of their own on top of the branch. */
async function commitByHand(world: World, message: string, files: Readonly<Record<string, string>>) {
  const { journal } = world.connect();
  await journal.swap(await journal.head(), { message, files: new Map(Object.entries(files)) });
}

/** Authorized, refreshed three times, recovered, in doubt, probed, and revoked. */
async function lifeOf(): Promise<World> {
  const world = await World.authorized();
  const { github, authorizationServer } = world.sandbox;
  for (let count = 0; count < 3; count += 1) await world.refresh({ when: "forced" });
  github.faults.fail(putOf(envelopeName("oura")), DOWN, Infinity);
  await world.refresh({ when: "forced" });
  github.faults.clear();
  await world.recover();
  await world.refresh();
  authorizationServer.faults.fail("token", { kind: "drop_request" });
  await world.refresh({ when: "forced" });
  await world.refresh({ probe: "asked" });
  await world.within({}, ({ ports }) => revoke(ports, "oura"));
  return world;
}

test("the log tells a credential's whole life, line by line, newest first", async () => {
  const { results } = await logOf(await lifeOf(), { name: "oura" });
  const text = logText(results, "oura");
  expect(linesOf(text)).toEqual([
    "run 9  10  revoked",
    "run 9  10  revoke begun",
    "run 8  9  refreshed",
    "run 8  9  probe begun",
    "run 7  8  ambiguous (lost_reset)",
    "run 7  8  refresh begun",
    "run 6  5  published again",
    "run 6  7  publish begun",
    "run 5  5  recovered from its box",
    "run 5  6  replay begun",
    "run 4  5  box left waiting (transient)",
    "run 4  5  spent, box waiting (transient)",
    "run 4  5  refresh begun",
    "run 3  4  refreshed",
    "run 3  4  refresh begun",
    "run 2  3  refreshed",
    "run 2  3  refresh begun",
    "run 1  2  refreshed",
    "run 1  2  refresh begun",
    "-  1  authorized",
    "-  1  authorize begun",
  ]);
  expect(text.startsWith("WHEN (UTC)           RUN      GEN  OUTCOME\n2026-11-22 12:00:24  1000")).toBe(true);
  expectReadable(text);
  for (const result of results) expectWholeJson(logJson(result));
});

test("a line in JSON has the instant, the commit and the whole address of its run", async () => {
  const world = await World.authorized();
  const runId = await world.within({}, async (job) => {
    await refresh(job.ports, { names: [], when: "forced", probe: "not_asked", effect: "real" });
    return job.runId;
  });
  const { results } = await logOf(world, { limit: 1 });
  expect(results.map(logJson)).toEqual([
    {
      credential: "oura",
      outcome: "refreshed",
      at: world.entry().committedAt,
      generation: 2,
      intent: null,
      code: null,
      run_url: `https://github.com/${world.repository}/actions/runs/${runId}`,
      commit: world.sandbox.github.commits(world.repository, STATE)[0]?.id,
      replaced: null,
    },
  ]);
});

test("without a name each line says whose it is, a commit of several credentials has one for each", async () => {
  const world = await World.authorized();
  world.declare({ name: "strava" });
  await world.authorize("strava");
  await world.refresh({ when: "forced" });
  const { results } = await logOf(world, { limit: 4 });
  const text = logText(results, undefined);
  expect(text.split("\n")[0]?.split(/ {2,}/)).toEqual(["WHEN (UTC)", "RUN", "GEN", "CREDENTIAL", "OUTCOME"]);
  expect(linesOf(text).toSorted()).toEqual([
    "run 1  2  oura  refresh begun",
    "run 1  2  oura  refreshed",
    "run 1  2  strava  refresh begun",
    "run 1  2  strava  refreshed",
  ]);
  expect((await logOf(world, { limit: 3 })).results).toHaveLength(3);
  expect(linesOf(logText((await logOf(world, { name: "strava" })).results, "strava"))).toEqual([
    "run 1  2  refreshed",
    "run 1  2  refresh begun",
    "-  1  authorized",
    "-  1  authorize begun",
  ]);
});

describe("a commit that sealring did not write", () => {
  it("is one line that repeats nothing of it", async () => {
    const world = await World.authorized();
    const entry = world.journalFile("credentials/oura.json") ?? "";
    const message = "\u001b[2JSee evil.example\n\nrun: https://evil.example/";
    await commitByHand(world, message, { "credentials/oura.json": `${entry} ` });
    const { results } = await logOf(world, { name: "oura", limit: 2 });
    expect(linesOf(logText(results, "oura"))).toEqual(["-  -  changed by hand", "-  1  authorized"]);
    expect(JSON.stringify(results.map(logJson))).not.toContain("evil");
    expect(results.map(logJson)[0]).toMatchObject({ credential: null, outcome: "changed_by_hand" });
  });

  it("is one, too, when it speaks of other credentials than it changes", async () => {
    const world = await World.authorized();
    const entry = world.journalFile("credentials/oura.json") ?? "";
    const message = "strava: refreshed to generation 2";
    await commitByHand(world, message, { "credentials/oura.json": `${entry} ` });
    const { results } = await logOf(world, { name: "oura", limit: 1 });
    expect(linesOf(logText(results, "oura"))).toEqual(["-  -  changed by hand"]);
  });

  it("gives no address but a run's", async () => {
    const world = await World.authorized();
    const message = "oura: revoked at generation 2\n\nrun: https://evil.example/acme/app/actions/runs/x";
    await commitByHand(world, message, { "notes.txt": "x" });
    expect((await logOf(world, { limit: 1 })).results.map(logJson)).toMatchObject([{ run_url: null }]);
  });
});

describe("a name", () => {
  it("that is no longer declared is shown as long as the journal has it", async () => {
    const world = await World.authorized();
    world.declarations.delete("oura");
    world.declare({ name: "strava" });
    expect((await logOf(world, { name: "oura" })).results).toHaveLength(2);
  });

  it("that is declared, and has no history, is told how it gets one", async () => {
    const world = await World.authorized();
    world.declare({ name: "strava" });
    const { results, exit } = await logOf(world, { name: "strava" });
    const text = logText(results, "strava");
    expect([results, exit]).toEqual([[], 0]);
    expect(text).toContain("run: sealring authorize strava");
    expectReadable(text);
  });

  it.each(["strava", "../oura", "OURA"])("that nobody knows is a mistake: %s", async (name) => {
    const world = await World.authorized();
    await expect(logOf(world, { name })).rejects.toMatchObject({ code: "usage", hint: "declared are: oura" });
  });
});

test("an empty journal says so, and what to do", async () => {
  const world = await World.create();
  world.declare({ name: "oura" });
  const { results } = await logOf(world);
  expect(logText(results, undefined)).toBe("The journal is empty.\n  run: sealring authorize <name>\n");
});

test("a faulty declaration is reported, and nothing is asked of GitHub", async () => {
  const world = await World.create();
  world.declarations.set("oura", "version: 7\n");
  expect(await logOf(world)).toMatchObject({ exit: 2, results: [] });
  expect(world.sandbox.github.log).toEqual([]);
});
