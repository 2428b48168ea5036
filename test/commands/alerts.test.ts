import { describe, expect, it, test } from "vitest";
import { refresh } from "../../src/commands/refresh.ts";
import { asBot, BOT, countOf, issuesOf, PERSON, plant } from "../support/issues.ts";
import { answering, DOWN, putOf } from "../support/misfortunes.ts";
import { World } from "../support/world.ts";

const DEAD = answering(400, '{"error":"invalid_grant"}');

const EVERYTHING = { names: [], when: "due", probe: "not_asked", effect: "real" } as const;

type Options = Parameters<World["refresh"]>[0];

/** A world whose credential `oura` has just lost its grant. */
async function dead(optionsFor: (world: World) => Options = () => ({})): Promise<World> {
  const world = await World.authorized();
  world.sandbox.authorizationServer.faults.fail("token", DEAD);
  expect(await world.refresh({ when: "forced", ...optionsFor(world) })).toMatchObject({ exit: 4 });
  return world;
}

describe.each(["a person", "an App"] as const)("with the token of %s", (kind) => {
  const options = (world: World) => (kind === "an App" ? { github: asBot(world) } : {});

  it("a dead grant opens one issue, which later runs bring up to date, and the next success closes it", async () => {
    const world = await dead(options);
    for (let run = 0; run < 2; run += 1) await world.refresh(options(world));
    const { runs } = world.sandbox.github.repository(world.repository);
    expect(issuesOf(world)).toMatchObject([
      { title: "oura: authorize it again", state: "open", comments: [] },
    ]);
    expect(issuesOf(world)[0]?.body).toContain(`/actions/runs/${String([...runs.keys()].at(-1))}`);
    await world.authorize("oura");
    expect(issuesOf(world)).toMatchObject([{ state: "open" }]);
    for (let run = 0; run < 2; run += 1) await world.refresh(options(world));
    expect(issuesOf(world)).toMatchObject([{ state: "closed", stateReason: "completed" }]);
    expect(issuesOf(world)[0]?.comments.map(({ body }) => body)).toEqual([
      expect.stringContaining("`oura` is well again (generation 3)"),
    ]);
  });

  it.each([
    ["by somebody else", {}],
    ["by another App", { author: { id: 8, login: "dependabot[bot]", type: "Bot" } }],
    ["that only quotes the marker", { author: BOT, body: "> \n<!-- sealring:credential:oura -->\n" }],
    ["that is a pull request", { author: BOT, kind: "pull_request" }],
    ["of another credential", { author: BOT, body: "<!-- sealring:credential:polar -->\n" }],
  ] as const)("an issue %s is neither edited nor closed", async (_whose, changes) => {
    const world = await World.authorized();
    const me = kind === "an App" ? BOT : { id: 1, login: PERSON, type: "User" as const };
    const decoy = plant(
      world,
      "author" in changes && changes.author === BOT ? { ...changes, author: me } : changes,
    );
    const before = structuredClone(decoy);
    world.sandbox.authorizationServer.faults.fail("token", DEAD);
    await world.refresh({ when: "forced", ...options(world) });
    await world.authorize("oura");
    await world.refresh(options(world));
    expect(decoy).toEqual(before);
    expect(issuesOf(world)).toMatchObject([{}, { state: "closed", comments: [{}] }]);
  });
});

test("the issue has the labels and assignees of sealring.yaml", async () => {
  const world = await dead((here) => ({ github: asBot(here) }));
  expect(issuesOf(world)).toMatchObject([{ labels: ["sealring"], assignees: ["ada"] }]);
});

test("of two issues that runs opened at once the older stays", async () => {
  const world = await World.authorized();
  const author = BOT;
  for (const title of ["older", "newer"]) plant(world, { author, title });
  world.sandbox.authorizationServer.faults.fail("token", DEAD);
  await world.refresh({ when: "forced", github: asBot(world) });
  expect(issuesOf(world)).toMatchObject([
    { title: "oura: authorize it again", state: "open" },
    { title: "newer", state: "closed", stateReason: "not_planned", comments: [] },
  ]);
});

test("an opening whose answer is lost is not repeated: the next run finds the issue", async () => {
  const world = await World.authorized();
  world.sandbox.authorizationServer.faults.fail("token", DEAD);
  world.sandbox.github.faults.fail("issues/create", { kind: "lose_answer" });
  await world.refresh({ when: "forced" });
  await world.refresh();
  expect(issuesOf(world)).toHaveLength(1);
  expect(countOf(world, "issues/create")).toBe(1);
});

test.each([
  ["that the provider does not answer for now", "token", 429, "rate_limited"],
  ["whose provider is down for now", "token", 503, "ambiguous"],
] as const)(
  "a credential %s is told of only when a person is needed",
  async (_what, endpoint, status, outcome) => {
    const world = await World.authorized();
    world.sandbox.authorizationServer.faults.fail(endpoint, answering(status));
    expect(await world.refresh({ when: "forced" })).toMatchObject({ results: [{ outcome }] });
    expect(issuesOf(world)).toHaveLength(outcome === "ambiguous" ? 1 : 0);
  },
);

test("a credential that is neither well nor a person's case leaves its issue as it is", async () => {
  const world = await dead();
  await world.authorize("oura");
  const before = structuredClone(issuesOf(world));
  world.sandbox.github.faults.fail(putOf("SEALRING_CANARY"), DOWN, Infinity);
  expect(await world.refresh({ when: "forced" })).toMatchObject({ exit: 3 });
  expect(issuesOf(world)).toEqual(before);
});

test("a dry run and a person at a terminal ask GitHub for no issue", async () => {
  const world = await dead();
  const before = world.sandbox.github.log.length;
  await world.refresh({ effect: "dry_run" });
  await world.refresh({ owner: "process" });
  const asked = world.sandbox.github.log.slice(before).map(({ operation }) => operation);
  expect(asked.filter((operation) => operation.startsWith("issues/"))).toEqual([]);
});

test("a run that is told to stop leaves the issues to the next", async () => {
  const world = await World.authorized();
  await world.within({}, async ({ ports, stop }) => {
    world.sandbox.authorizationServer.faults.fail("token", {
      kind: "answer_instead",
      answer: () => {
        stop.abort();
        return Response.json({ error: "invalid_grant" }, { status: 400 });
      },
    });
    await refresh(ports, { ...EVERYTHING, when: "forced" });
  });
  expect(issuesOf(world)).toEqual([]);
  await world.refresh();
  expect(issuesOf(world)).toHaveLength(1);
});

describe("where GitHub takes no issue, outcome and exit stay, and one line says so", () => {
  /** What a run says of alerts, with three credentials that nobody has authorized. */
  async function said(prepare: (world: World) => Options): Promise<readonly string[]> {
    const world = await World.create();
    for (const name of ["oura", "polar", "strava"]) world.declare({ name });
    const options = prepare(world);
    return world.within({ ...options }, async ({ ports, progress }) => {
      const report = await refresh(ports, EVERYTHING);
      const outcome = "reauthorization_required";
      expect(report).toMatchObject({ exit: 4, results: [{ outcome }, { outcome }, { outcome }] });
      return progress.lines.filter((line) => /^alerts:|^ {2}/.test(line));
    });
  }

  it("because they are disabled", async () => {
    const lines = await said((world) => {
      world.sandbox.github.repository(world.repository).hasIssues = false;
      return {};
    });
    expect(lines).toEqual([
      expect.stringMatching(/^alerts: the issues of .+ are disabled/),
      expect.stringContaining("Settings > General > Features"),
    ]);
  });

  it("because the workflow's token may not", async () => {
    const lines = await said((world) => ({ github: asBot(world, { permissions: { contents: "write" } }) }));
    expect(lines).toEqual([
      expect.stringMatching(/^alerts: the token may not use the issues of /),
      expect.stringContaining("add `issues: write` to the permissions of the workflow's job"),
    ]);
  });

  it("because it is down", async () => {
    const lines = await said((world) => {
      world.sandbox.github.faults.fail("issues/list-for-repo", DOWN, Infinity);
      return {};
    });
    expect(lines).toEqual([expect.stringContaining("HTTP 503"), expect.stringContaining("next run")]);
  });
});

test("98 credentials that all need a person are told within GitHub's limits, after one listing", async () => {
  const world = await World.create();
  for (let each = 1; each <= 98; each += 1) world.declare({ name: `study-${String(each)}` });
  await world.refresh();
  expect(issuesOf(world)).toHaveLength(98);
  expect(countOf(world, "issues/list-for-repo")).toBe(1);
  expect(world.sandbox.github.log.filter(({ status }) => status === 403)).toEqual([]);
  const { log } = world.sandbox.github;
  const opened = log.filter(({ operation }) => operation === "issues/create").map(({ at }) => at.getTime());
  for (const first of opened) {
    expect(opened.filter((time) => time >= first && time < first + 60_000).length).toBeLessThanOrEqual(80);
  }
});
