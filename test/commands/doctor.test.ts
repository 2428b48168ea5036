import { describe, expect, it, test } from "vitest";
import { SealringError } from "../../src/errors.ts";
import { doctorJson, doctorText } from "../../src/report/doctor.ts";
import type { Finding } from "../../src/doctor/finding.ts";
import { World } from "../support/world.ts";
import { amiss, diagnose, well, worldWithOura } from "./healthy.ts";

test("where all is well, every finding says so, and nothing is left to do", async () => {
  const { exit, results } = await diagnose(await worldWithOura());
  expect(amiss(results)).toEqual([]);
  expect(exit).toBe(0);
  expect(new Set(results.map(({ about }) => about))).toEqual(
    new Set([
      ...["Node.js", "token", "clock", "permissions", "repository", "environment"],
      ...["destination", "action", "workflow", "schedule", "journal", "job", "redirect", "provider"],
    ]),
  );
});

test("a check that fails in a way that nobody foresaw hides no other, and none of its words", async () => {
  const world = await worldWithOura();
  const stop = () => Promise.reject(new TypeError("canary-in-an-error"));
  const tokens = { facts: stop, may: stop };
  const { exit, results } = await diagnose(world, { github: well(world, { tokens }) });
  expect(amiss(results)).toEqual([
    {
      kind: "failure",
      about: "token",
      found: "this check stopped at a bug of sealring's own (TypeError)",
      fix: expect.stringContaining("report") as string,
    },
  ]);
  expect(exit).toBe(4);
  expect(JSON.stringify(results)).not.toContain("canary");
});

test("without a token for GitHub, the rest is looked at all the same", async () => {
  const world = await worldWithOura();
  const connect = () =>
    Promise.reject(new SealringError("usage", "there is no token", { hint: "run: gh auth login" }));
  const { exit, results } = await diagnose(world, { ports: { connect } });
  expect(amiss(results)).toEqual([
    { kind: "failure", about: "token", found: "there is no token", fix: "run: gh auth login" },
  ]);
  expect(results.map(({ about }) => about)).toEqual(["Node.js", "token", "redirect", "provider"]);
  expect(exit).toBe(4);
});

test("a dead token is told of once, and not by every check that used it", async () => {
  const world = await worldWithOura();
  const dead = () => Promise.reject(new SealringError("store_refused", "GitHub does not know the token"));
  const settings = { repository: dead, environment: dead, confine: dead, file: dead };
  const { results } = await diagnose(world, {
    github: well(world, { settings, tokens: { facts: dead, may: dead } }),
  });
  expect(amiss(results)).toMatchObject([{ about: "token", found: "GitHub does not know the token" }]);
});

test("a faulty declaration is told of first", async () => {
  const world = await World.create();
  world.declarations.set("oura", "version: 1\n");
  expect(await diagnose(world)).toMatchObject({ exit: 2, results: [] });
});

describe("the exit says who has to do something:", () => {
  const down = () => Promise.reject(new SealringError("transient", "GitHub failed"));

  it("nobody, where GitHub could not be asked", async () => {
    const world = await worldWithOura();
    const tokens = { facts: down, may: down };
    expect(await diagnose(world, { github: well(world, { tokens }) })).toMatchObject({ exit: 3 });
  });

  it("nobody, where a provider could not be asked", async () => {
    const world = await worldWithOura();
    const http = { send: async () => ({ kind: "not_sent", reason: "dns" }) as const };
    const { exit, results } = await diagnose(world, { ports: { http } });
    expect(amiss(results)).toMatchObject([{ kind: "unreachable", about: "provider" }]);
    expect(exit).toBe(3);
  });

  it("a person, where both are so", async () => {
    const world = await worldWithOura();
    const tokens = { facts: down, may: down };
    const settings = { ...well(world)(world.connect()).settings, environment: async () => undefined };
    expect(await diagnose(world, { github: well(world, { tokens, settings }) })).toMatchObject({ exit: 4 });
  });
});

test("in a job no port is tried, and on a laptop no job is looked for", async () => {
  const world = await worldWithOura();
  const listener = { listen: () => Promise.reject(new Error("no port is tried here")) };
  const inJob = await diagnose(world, { owner: "run", ports: { listener } });
  const onLaptop = await diagnose(world);
  const skipped = (results: readonly Finding[]) =>
    results.filter(({ kind }) => kind === "skipped").map(({ about }) => about);
  expect(skipped(inJob.results)).toEqual(["redirect"]);
  expect(skipped(onLaptop.results)).toEqual(["job"]);
});

test("the text fits 80 columns, and says everything in words", async () => {
  const world = await worldWithOura();
  const may = async () => "no" as const;
  const { results } = await diagnose(world, {
    github: well(world, { tokens: { ...well(world)(world.connect()).tokens, may } }),
  });
  const text = doctorText(results);
  for (const line of text.split("\n"))
    expect(line.length <= 80 || !line.trim().includes(" "), line).toBe(true);
  expect(text).toMatch(/^ok {4}Node\.js /m);
  expect(text).toMatch(/^FAIL {2}permissions /m);
  expect(text).toMatch(/\n\n\d+ ok, 1 skip, \d+ warn, \d+ FAIL\n$/);
  // eslint-disable-next-line no-control-regex -- that it is plain
  expect(text).toMatch(/^[\x0a\x20-\x7e]*$/);
});

test("the document has each finding with its fix", () => {
  expect(doctorJson({ kind: "ok", about: "clock", found: "agrees" })).toEqual({
    check: "clock",
    outcome: "ok",
    found: "agrees",
    fix: null,
  });
  expect(doctorJson({ kind: "warning", about: "clock", found: "is ahead", fix: "set it" })).toMatchObject({
    outcome: "warning",
    fix: "set it",
  });
});

test("a name that somebody gave on GitHub moves nothing on the terminal", () => {
  const finding = {
    kind: "failure",
    about: "environment",
    found: "branch \u001b[2Jx",
    fix: "remove \u202ex",
  } as const;
  expect(doctorText([finding])).toMatch(/branch \ufffd\[2Jx\n +remove \ufffdx\n/);
});
