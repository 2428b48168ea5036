import { afterEach, beforeEach, expect, test } from "vitest";
import { checkedHandler } from "../../support/github-contract.ts";
import { REPOSITORY, startSandbox } from "./on-sandbox.ts";
import type { OnSandbox } from "./on-sandbox.ts";
import { connect, serve } from "./server.ts";

const FILE = "sealring.yml";
const SCHEDULED = 'on:\n  schedule: [{ cron: "17 */6 * * *" }]\n  workflow_dispatch:\njobs: {}\n';
const DAY_MILLISECONDS = 86_400_000;

let github: OnSandbox;
let violations: string[];

beforeEach(async () => {
  violations = [];
  github = await startSandbox((handler) => checkedHandler(handler, violations));
});

// Every request is held to GitHub's own description, and so is every answer.
afterEach(() => {
  expect(violations).toEqual([]);
});

function commitWorkflow(branch = "main"): void {
  const files = { [`.github/workflows/${FILE}`]: SCHEDULED };
  github.sandbox.commit(REPOSITORY, { branch, files, message: "Add the workflow" });
}

test("a file on another branch is no workflow yet", async () => {
  commitWorkflow("other");
  const { runs } = github.withPermissions();
  expect(await runs.workflow(FILE)).toBeUndefined();
  expect(await runs.lastScheduled(FILE)).toBeUndefined();
  await expect(runs.enable(FILE)).rejects.toMatchObject({
    code: "store_refused",
    hint: expect.stringContaining("run: sealring apply") as string,
  });
});

test("a schedule that GitHub has ended is seen, and enabled again", async () => {
  github.sandbox.repository(REPOSITORY).visibility = "public";
  commitWorkflow();
  const { runs } = github.withPermissions();
  expect(await runs.workflow(FILE)).toEqual({ state: "active" });
  await github.clock.sleep(61 * DAY_MILLISECONDS);
  expect(await runs.workflow(FILE)).toEqual({ state: "disabled_inactivity" });
  await runs.enable(FILE);
  expect(await runs.workflow(FILE)).toEqual({ state: "active" });
});

test("enabling an active workflow puts its end off", async () => {
  github.sandbox.repository(REPOSITORY).visibility = "public";
  commitWorkflow();
  const { runs } = github.withPermissions();
  await github.clock.sleep(50 * DAY_MILLISECONDS);
  await runs.enable(FILE);
  await github.clock.sleep(50 * DAY_MILLISECONDS);
  expect(await runs.workflow(FILE)).toEqual({ state: "active" });
});

test.each([
  ["disabled_manually", "disabled_manually"],
  ["deleted", "other"],
  ["disabled_fork", "other"],
])("a workflow that is %s is told as %s", async (state, told) => {
  const server = await serve(() => ({ status: 200, body: { state } }));
  expect(await connect(server.url).runs.workflow(FILE)).toEqual({ state: told });
});

test("the last scheduled run is the newest by the schedule, and says how it ended", async () => {
  commitWorkflow();
  const { runs } = github.withPermissions();
  expect(await runs.lastScheduled(FILE)).toBeUndefined();
  const began = github.clock.now();
  for (const event of ["schedule", "workflow_dispatch"] as const) {
    const run = github.sandbox.runs.trigger(REPOSITORY, { workflowFile: FILE, event });
    if (run === undefined) throw new Error("the workflow did not start");
    const job = github.sandbox.runs.addJob(run, "refresh");
    github.sandbox.runs.startJob(job);
    if (event === "schedule") {
      expect(await runs.lastScheduled(FILE)).toMatchObject({ startedAt: began, conclusion: undefined });
      await github.clock.sleep(60_000);
      github.sandbox.runs.endJob(job, "failure");
    }
  }
  const last = await runs.lastScheduled(FILE);
  expect(last).toMatchObject({ startedAt: began, conclusion: "failure" });
  expect(last?.url).toMatch(/^https:\/\/github\.com\/acme\/credentials\/actions\/runs\/\d+$/);
});

test("a token that may not read or enable workflows is told the permission", async () => {
  commitWorkflow();
  const none = github.withPermissions({ contents: "read" }).runs;
  const reader = github.withPermissions({ actions: "read" }).runs;
  const read = { message: expect.stringContaining('"Actions: Read-only"') as string };
  await expect(none.workflow(FILE)).rejects.toMatchObject(read);
  await expect(none.lastScheduled(FILE)).rejects.toMatchObject(read);
  await expect(reader.enable(FILE)).rejects.toMatchObject({
    message: expect.stringContaining('"Actions: Read and write"') as string,
  });
});
