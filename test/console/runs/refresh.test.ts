import { expect, test } from "vitest";
import { answering, anyOfJournal, DOWN } from "../../support/misfortunes.ts";
import { World } from "../../support/world.ts";
import { confirm, consoleAtWork, playJob, playRunner, runsOf } from "./at-work.ts";

const PAGE = "/credentials/oura/refresh";
const DISPATCH = "actions/create-workflow-dispatch";

test("a page says what will happen, and starts nothing", async () => {
  const world = await World.authorized();
  const console = await consoleAtWork(world);
  const { status, text } = await console.get(PAGE);
  expect(status).toBe(200);
  expect(text).toContain("The workflow sealring.yml starts on GitHub");
  expect(text).toContain("OURA_ACCESS_TOKEN");
  expect(text).toContain("Nothing asks for it yet");
  expect(text).toContain("Refresh now</button>");
  for (const other of ["probe", "recover", "revoke"]) await console.get(`/credentials/oura/${other}`);
  expect(runsOf(world)).toEqual([]);
  expect(console.console.operations.all).toEqual([]);
});

test("once confirmed, the workflow is started, and its run followed to the new generation", async () => {
  const world = await World.authorized();
  const console = await consoleAtWork(world);
  playRunner(world, (run) => playJob(world, run));
  const page = await confirm(console, PAGE);
  expect(runsOf(world)).toHaveLength(1);
  expect(runsOf(world)[0]?.inputs).toMatchObject({ command: "refresh", credential: "oura", force: "true" });
  expect(page).toContain("oura is fresh: its access token lives until");
  expect(page).toContain("1 → 2");
  expect(page).toContain(
    `href="https://github.com/${world.repository}/actions/runs/${String(runsOf(world)[0]?.id)}"`,
  );
  for (const step of [
    "sealring.yml was started on GitHub",
    "the run is queued",
    "the run has ended: success",
  ])
    expect(page).toContain(step);
  expect(world.refreshes()).toBe(1);
});

test("a run that failed says so, and leads to its log", async () => {
  const world = await World.authorized();
  const console = await consoleAtWork(world);
  world.sandbox.authorizationServer.faults.fail("token", answering(503), Infinity);
  playRunner(world, async (run) => {
    // What a page has read just now does not stay true.
    await console.get(PAGE);
    await playJob(world, run, "failure");
  });
  const page = await confirm(console, PAGE);
  expect(page).toContain("the run has ended: failure");
  expect(page).toMatch(
    /The log of <a href="https:\/\/github.com\/acme\/health-pipeline\/actions\/runs\/\d+">the run<\/a>/,
  );
  expect(page).toContain("Nobody knows yet what became of the old token of oura");
  expect(page).toContain('href="/credentials/oura/authorize"');
  expect(page).toContain('href="/credentials/oura/probe"');
  expect((await console.get(PAGE)).text).toContain("The answer to its last refresh was lost");
});

test("how a run ended is kept where GitHub does not say then how the credential is", async () => {
  const world = await World.authorized();
  const console = await consoleAtWork(world);
  const { faults } = world.sandbox.github;
  playRunner(world, async (run) => {
    await playJob(world, run);
    faults.fail(anyOfJournal, DOWN, Infinity);
  });
  const page = await confirm(console, PAGE);
  expect(page).toContain("The run has ended: success. How oura is now could not be read");
  expect(page).toContain("The run on GitHub</a>");
  expect(page).not.toContain("Whether a run was started");
  expect(page).not.toContain("1 → 2");
});

test("a bad moment of GitHub's at the end of a run is waited out", async () => {
  const world = await World.authorized();
  const console = await consoleAtWork(world);
  playRunner(world, async (run) => {
    await playJob(world, run);
    world.sandbox.github.faults.fail(anyOfJournal, answering(403));
  });
  expect(await confirm(console, PAGE)).toContain("1 → 2");
});

test("a run that does not end is let go after a quarter of an hour", async () => {
  const world = await World.authorized();
  const console = await consoleAtWork(world);
  world.clock.othersAreLate = true;
  const began = world.clock.now();
  const page = await confirm(console, PAGE);
  expect((world.clock.now().getTime() - began.getTime()) / 60_000).toBe(15);
  expect(page).toContain("The run was not seen to end");
  expect(page).toContain("The run on GitHub</a>");
});

test("a console that stops lets the run go on", async () => {
  const world = await World.authorized();
  const console = await consoleAtWork(world);
  const { headers } = await console.post(PAGE);
  console.job.stop.abort();
  await console.console.operations.settled();
  expect((await console.get(headers.get("location") ?? "")).text).toContain(
    "is not watched from here any more",
  );
  const looks = world.sandbox.github.log.filter(({ operation }) => operation === "actions/get-workflow-run");
  expect(looks).toEqual([]);
  expect(runsOf(world)).toHaveLength(1);
});

test("a person stops watching, and the run goes on", async () => {
  const world = await World.authorized();
  const console = await consoleAtWork(world);
  const { headers } = await console.post(PAGE);
  const place = headers.get("location") ?? "";
  let leave: string | undefined;
  while (leave === undefined)
    [, leave] = /action="([^"]+\/leave)"/.exec((await console.get(place)).text) ?? [];
  const answer = await console.post(leave);
  expect(answer.headers.get("location")).toBe(place);
  await console.console.operations.settled();
  const { text } = await console.get(place);
  expect(text).toContain("is not watched from here any more");
  expect(text).toContain("goes on by itself");
  expect(text).not.toContain("Stop watching");
  expect(console.job.stop.signal.aborted).toBe(false);
  expect((await console.post("/operations/nobody/leave")).status).toBe(404);
});

test("a second click starts no second run, and another wish waits its turn", async () => {
  const world = await World.authorized();
  const console = await consoleAtWork(world);
  const [first, second] = [await console.post(PAGE), await console.post(PAGE)];
  expect(second.headers.get("location")).toBe(first.headers.get("location"));
  const other = await console.post("/credentials/oura/revoke", [["confirm", "oura"]]);
  expect(other.status).toBe(409);
  expect(other.text).toContain("One thing at a time");
  expect((await console.get(PAGE)).text).toContain(`href="${first.headers.get("location") ?? "?"}"`);
  console.job.stop.abort();
  await console.console.operations.settled();
  expect(runsOf(world).map(({ inputs }) => inputs["command"])).toEqual(["refresh"]);
});

test("where GitHub has no workflow, the page leads to the plan, and a form that comes late starts nothing", async () => {
  const world = await World.authorized();
  const console = await consoleAtWork(world);
  world.sandbox.github.commit(world.repository, {
    branch: "main",
    files: { ".github/workflows/sealring.yml": undefined },
    message: "Remove the workflow",
  });
  const { text } = await console.get(PAGE);
  expect(text).toContain("GitHub has no sealring.yml on the default branch yet");
  expect(text).toContain('href="/plan"');
  expect(text).not.toContain("<form");
  expect((await console.post(PAGE)).status).toBe(409);
  expect(console.console.operations.all).toEqual([]);
});

test("a token that may not start workflows is told its permission", async () => {
  const world = await World.authorized();
  const console = await consoleAtWork(world);
  const headers = { "x-accepted-github-permissions": "actions=write" };
  world.sandbox.github.faults.fail(DISPATCH, answering(403, "{}", headers));
  const page = await confirm(console, PAGE);
  expect(page).toContain("Actions: Read and write");
  expect(page).toContain('<a href="/plan">the plan</a>');
});

test("where GitHub's answer is lost, a person is sent to look before trying again", async () => {
  const world = await World.authorized();
  const console = await consoleAtWork(world);
  world.sandbox.github.faults.fail(DISPATCH, { kind: "lose_answer" });
  const page = await confirm(console, PAGE);
  expect(page).toContain("GitHub did not answer for the workflow sealring.yml");
  expect(page).toContain("Look there before you try again");
  expect(runsOf(world)).toHaveLength(1);
});

test("what was never authorized is not refreshed, whoever asks", async () => {
  const world = await World.create();
  world.declare({ name: "oura" });
  const console = await consoleAtWork(world);
  const { text } = await console.get(PAGE);
  expect(text).toContain("nobody has authorized it");
  expect(text).toContain('href="/credentials/oura/authorize"');
  expect((await console.post(PAGE)).status).toBe(409);
  expect(runsOf(world)).toEqual([]);
});

test("what is no declared name is no credential", async () => {
  const world = await World.authorized();
  const console = await consoleAtWork(world);
  for (const name of ["strava", "Oura", "..%2f..%2fetc", "a".repeat(65)])
    for (const action of ["refresh", "probe", "recover", "revoke"]) {
      expect((await console.get(`/credentials/${name}/${action}`)).status).toBe(404);
      expect((await console.post(`/credentials/${name}/${action}`)).status).toBe(404);
    }
  expect(runsOf(world)).toEqual([]);
});

test("a faulty declaration is named, and nothing is started", async () => {
  const world = await World.authorized();
  const console = await consoleAtWork(world);
  console.write("credentials/strava.yaml", "version: 1\nname: <script>\n");
  const { status, text } = await console.get(PAGE);
  expect(status).toBe(400);
  expect(text).toContain("credentials/strava.yaml");
});

test("an operation that is gone has a page that says so", async () => {
  const console = await consoleAtWork(await World.authorized());
  expect((await console.get("/operations/nobody")).status).toBe(404);
});

test("where nothing can be refreshed, a person is led to the authorization", async () => {
  const world = await World.authorized({ rotation: ["issues_refresh_token: false"] });
  const console = await consoleAtWork(world);
  const { text } = await console.get(PAGE);
  expect(text).toContain("its provider gives no refresh token");
  expect(text).toContain('href="/credentials/oura/authorize"');
  expect(text).not.toContain("Refresh now</button>");
});
