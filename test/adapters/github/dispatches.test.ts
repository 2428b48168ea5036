import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { checkedHandler } from "../../support/github-contract.ts";
import { answering } from "../../support/misfortunes.ts";
import { REPOSITORY, startSandbox } from "./on-sandbox.ts";
import type { OnSandbox } from "./on-sandbox.ts";
import { connect, serve } from "./server.ts";

const FILE = "sealring.yml";

test("a workflow of the default branch is started, with its inputs, once", async () => {
  const server = await serve(({ method }) =>
    method === "GET" ? { status: 200, body: { default_branch: "trunk" } } : { status: 204 },
  );
  await connect(server.url).runs.dispatch("sealring.yml", { command: "revoke", credential: "oura" });
  expect(server.seen[1]).toMatchObject({
    method: "POST",
    target: "/repos/acme/credentials/actions/workflows/sealring.yml/dispatches",
    body: { ref: "trunk", inputs: { command: "revoke", credential: "oura" } },
  });
});

test("a start whose answer is lost is not sent again", async () => {
  const server = await serve(({ method }) =>
    method === "GET" ? { status: 200, body: { default_branch: "trunk" } } : "reset",
  );
  await expect(connect(server.url).runs.dispatch("sealring.yml", {})).rejects.toMatchObject({
    code: "transient",
  });
  expect(server.seen.filter(({ method }) => method === "POST")).toHaveLength(1);
});

test("a workflow that is not there is named, with the way to it", async () => {
  const server = await serve(({ method }) =>
    method === "GET" ? { status: 200, body: { default_branch: "trunk" } } : { status: 404 },
  );
  const failure = connect(server.url).runs.dispatch("sealring.yml", {});
  await expect(failure).rejects.toMatchObject({
    code: "store_refused",
    hint: expect.stringContaining("run: sealring apply") as string,
  });
});

const DISPATCH = "actions/create-workflow-dispatch";
const BY_HAND = "on:\n  schedule: [{ cron: '17 */6 * * *' }]\n  workflow_dispatch:\njobs: {}\n";

describe("a run that was started by hand", () => {
  let github: OnSandbox;
  let violations: string[];
  beforeEach(async () => {
    violations = [];
    github = await startSandbox((handler) => checkedHandler(handler, violations));
    const files = { [`.github/workflows/${FILE}`]: BY_HAND };
    github.sandbox.commit(REPOSITORY, { branch: "main", files, message: "Add the workflow" });
  });
  // Every request is held to GitHub's own description, and so is every answer.
  afterEach(() => {
    expect(violations).toEqual([]);
  });

  const newest = () => {
    const run = [...github.sandbox.repository(REPOSITORY).runs.values()].at(-1);
    if (run === undefined) throw new Error("nothing was started");
    return run;
  };

  it("is named by the answer, and watched from its queue to its end", async () => {
    const { runs } = github.withPermissions({ actions: "write", metadata: "read", contents: "read" });
    const started = await runs.dispatch(FILE, {});
    const { id } = newest();
    expect(started).toEqual({ kind: "run", runId: String(id) });
    const url = `https://github.com/${REPOSITORY}/actions/runs/${String(id)}`;
    const seen = () => runs.progress(String(id));
    expect(await seen()).toEqual({ url, status: "queued", conclusion: undefined, atWork: [] });
    const job = github.sandbox.runs.addJob(newest(), "Refresh sealring");
    github.sandbox.runs.addJob(newest(), "Refresh another");
    github.sandbox.runs.startJob(job);
    const atWork = [{ job: "Refresh sealring", step: undefined }];
    expect(await seen()).toEqual({ url, status: "in_progress", conclusion: undefined, atWork });
    github.sandbox.runs.end(newest(), "failure");
    expect(await seen()).toEqual({ url, status: "completed", conclusion: "failure", atWork: [] });
  });

  it("is found by its time where a GitHub Enterprise Server does not name it", async () => {
    const { runs } = github.withPermissions();
    await runs.dispatch(FILE, {});
    github.sandbox.runs.trigger(REPOSITORY, { workflowFile: FILE, event: "schedule" });
    await github.clock.sleep(60_000);
    const since = github.clock.now();
    expect(await runs.firstDispatched(FILE, since)).toBeUndefined();
    await runs.dispatch(FILE, {});
    const { id } = newest();
    await github.clock.sleep(1_000);
    await runs.dispatch(FILE, {});
    expect(await runs.firstDispatched(FILE, since)).toBe(String(id));
  });

  it("is started once where the server refuses what it does not know", async () => {
    const refusal = answering(422, '{"message":"\\"return_run_details\\" is not a permitted key."}');
    github.sandbox.faults.fail(
      ({ operation, body }) => operation === DISPATCH && "return_run_details" in body,
      refusal,
    );
    const date = "Sun, 22 Nov 2026 10:00:07 GMT";
    const rewrite = (answer: Response) => new Response(null, { status: answer.status, headers: { date } });
    github.sandbox.faults.fail(
      ({ operation, body }) => operation === DISPATCH && !("return_run_details" in body),
      { kind: "rewrite_answer", rewrite },
    );
    const started = await github.withPermissions().runs.dispatch(FILE, {});
    expect(started).toEqual({ kind: "unnamed", since: new Date("2026-11-22T10:00:02Z") });
    expect(github.sandbox.repository(REPOSITORY).runs.size).toBe(1);
  });

  it("is no run to a token that may not start any", async () => {
    const { runs } = github.withPermissions({ actions: "read", metadata: "read", contents: "read" });
    await expect(runs.dispatch(FILE, {})).rejects.toMatchObject({
      code: "store_refused",
      message: expect.stringContaining('"Actions: Read and write"') as string,
    });
  });
});

const RUN = { html_url: "https://github.com/acme/credentials/actions/runs/7" };

test.each([
  ["requested", "queued"],
  ["a status of next year", "queued"],
  ["waiting", "waiting"],
  ["pending", "pending"],
])("a run that is %s is told as %s", async (status, told) => {
  const server = await serve(() => ({ status: 200, body: { ...RUN, status, conclusion: null } }));
  expect(await connect(server.url).runs.progress("7")).toMatchObject({ status: told, atWork: [] });
  expect(server.seen).toHaveLength(1);
});

test("a job at work says at which step it is", async () => {
  const steps = [
    { name: "Set up job", status: "completed" },
    { name: "Refresh what is due", status: "in_progress" },
    { name: "Keep sealed boxes", status: "queued" },
  ];
  const jobs = [
    { name: "Refresh a", status: "completed", steps },
    { name: "Refresh b", status: "in_progress", steps },
  ];
  const server = await serve(({ target }) => ({
    status: 200,
    body: target.includes("/jobs") ? { jobs } : { ...RUN, status: "in_progress" },
  }));
  expect(await connect(server.url).runs.progress("7")).toMatchObject({
    atWork: [{ job: "Refresh b", step: "Refresh what is due" }],
  });
});

test("a run that GitHub does not show yet is no fault", async () => {
  const server = await serve(() => ({ status: 404 }));
  expect(await connect(server.url).runs.progress("7")).toBeUndefined();
});
