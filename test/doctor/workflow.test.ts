import { describe, expect, it, test } from "vitest";
import { perform } from "../../src/doctor/finding.ts";
import { isOverdue, workflowChecks } from "../../src/doctor/workflow.ts";
import type { LastRun, Runs, WorkflowFacts } from "../../src/github.ts";
import type { Settings } from "../../src/github-settings.ts";
import { generateWorkflows } from "../../src/workflow/generate.ts";
import { aSubject, hoursAgo } from "./subject.ts";
import type { Setting } from "./subject.ts";

const ACTION = ".github/actions/sealring/action.yml";
const PROJECT = 'version: 1\nschedule: "17 */6 * * *"\n';
const WELL: LastRun = { startedAt: hoursAgo(2), conclusion: "success", url: "https://github.com/runs/1" };

interface Scene {
  readonly facts?: WorkflowFacts | undefined;
  readonly last?: LastRun | undefined;
  readonly text?: string | undefined;
  readonly pushed?: "action" | "nothing";
}

async function examine({ pushed = "action", ...scene }: Scene, setting: Setting = {}) {
  const usual = { project: PROJECT, ...setting };
  const [file] = generateWorkflows(aSubject(usual));
  const { facts, last, text }: Scene = { facts: { state: "active" }, last: WELL, text: file?.text, ...scene };
  const runs: Partial<Runs> = { workflow: async () => facts, lastScheduled: async () => last };
  const settings: Partial<Settings> = {
    file: async (path) => {
      if (path === file?.path) return text;
      return path === ACTION && pushed === "action" ? "name: sealring\n" : undefined;
    },
  };
  const github = { runs: runs as Runs, settings: settings as Settings };
  const subject = aSubject({ ...usual, github });
  return (await Promise.all(workflowChecks(subject, subject.credentials).map(perform)))
    .flat()
    .filter(({ about, kind }) => about !== "action" || kind !== "ok");
}

test("an action that was not pushed is told of", async () => {
  expect((await examine({ pushed: "nothing" })).at(-1)).toMatchObject({
    kind: "failure",
    about: "action",
    found: `${ACTION} is not on the default branch`,
  });
});

test("one that is as declared, and ran a while ago, is in order", async () => {
  expect(await examine({})).toEqual([
    { kind: "ok", about: "workflow", found: "sealring.yml: in line with the declarations here" },
    {
      kind: "ok",
      about: "schedule",
      found: "sealring.yml: last ran by its schedule at 2026-11-22 10:00 UTC: success",
    },
  ]);
});

test.each<[string, Scene]>([
  ["GitHub knows of none", { facts: undefined }],
  ["the default branch has none", { text: undefined }],
])("where %s, apply makes it", async (_, scene) => {
  expect(await examine(scene)).toEqual([
    {
      kind: "failure",
      about: "workflow",
      found: "sealring.yml is not on the default branch",
      fix: expect.stringContaining("run: sealring apply") as string,
    },
  ]);
});

test("one that differs from the declarations is told of", async () => {
  expect(await examine({ text: "on: push\n" })).toMatchObject([
    { kind: "warning", about: "workflow" },
    { kind: "ok" },
  ]);
});

test.each<[WorkflowFacts["state"], RegExp]>([
  ["disabled_inactivity", /idle for 60 days/],
  ["disabled_manually", /it is disabled/],
  ["other", /it is disabled/],
])("a schedule that is %s needs a person, with the command", async (state, found) => {
  expect((await examine({ facts: { state } }))[1]).toEqual({
    kind: "failure",
    about: "schedule",
    found: expect.stringMatching(found) as string,
    fix: "run: gh workflow enable sealring.yml --repo acme/credentials",
  });
});

test("the command names the host of a GitHub Enterprise Server", async () => {
  const [, finding] = await examine({ facts: { state: "other" } }, { webUrl: "https://ghe.example.com" });
  expect(finding).toMatchObject({
    fix: "run: gh workflow enable sealring.yml --repo ghe.example.com/acme/credentials",
  });
});

describe("a last run", () => {
  const last = (changes: Partial<LastRun>) => examine({ last: { ...WELL, ...changes } });

  it("that never was is told with the next", async () => {
    expect((await examine({ last: undefined }))[1]).toMatchObject({
      kind: "warning",
      found: expect.stringContaining("due next at 2026-11-22 12:17 UTC") as string,
      fix: "run: gh workflow run sealring.yml --repo acme/credentials",
    });
  });

  it("that has not ended is no reason to worry", async () => {
    expect((await last({ conclusion: undefined }))[1]).toMatchObject({ kind: "ok" });
  });

  it.each([
    ["failure", "warning"],
    ["cancelled", "warning"],
    ["startup_failure", "failure"],
    ["action_required", "failure"],
  ])("that ended in %s is a %s", async (conclusion, kind) => {
    expect((await last({ conclusion }))[1]).toMatchObject({
      kind,
      fix: expect.stringContaining("https://github.com/runs/1") as string,
    });
  });

  it("that is long ago means that GitHub has dropped some", async () => {
    expect((await last({ startedAt: hoursAgo(30) }))[1]).toMatchObject({
      kind: "warning",
      found: expect.stringContaining("two runs are missing since") as string,
    });
  });
});

test.each([
  ["17 */6 * * *", "2026-11-22T00:20:00Z", "2026-11-22T18:17:00Z", false],
  ["17 */6 * * *", "2026-11-22T00:20:00Z", "2026-11-22T18:18:00Z", true],
  // Three hours late itself: the run after is due soon.
  ["17 */6 * * *", "2026-11-22T03:20:00Z", "2026-11-22T18:18:00Z", true],
  ["0 9 * * 1", "2026-11-09T09:10:00Z", "2026-11-23T15:00:00Z", false],
  ["0 9 * * 1", "2026-11-09T09:10:00Z", "2026-11-23T15:01:00Z", true],
])("%s, last run at %s, is overdue at %s: %s", (schedule, last, now, overdue) => {
  expect(isOverdue(schedule, new Date(last), new Date(now))).toBe(overdue);
});
