import { expect, test } from "vitest";
import { connect, serve } from "./server.ts";

const started = "2026-11-22T10:00:00Z";
const updated = "2026-11-22T10:05:00Z";

test("a completed attempt has ended when GitHub last changed it", async () => {
  const server = await serve(() => ({
    status: 200,
    body: { status: "completed", run_started_at: started, updated_at: updated },
  }));
  expect(await connect(server.url).runs.state({ runId: "123", attempt: 2, runner: undefined })).toEqual({
    kind: "ended",
    startedAt: new Date(started),
    endedAt: new Date(updated),
  });
  expect(server.seen[0]?.target).toBe("/repos/acme/credentials/actions/runs/123/attempts/2");
});

test.each(["queued", "in_progress", "waiting", "a status of next year"])(
  "an attempt that is %s is running",
  async (status) => {
    const server = await serve(() => ({
      status: 200,
      body: { status, run_started_at: started, updated_at: updated },
    }));
    expect(await connect(server.url).runs.state({ runId: "1", attempt: 1, runner: undefined })).toEqual({
      kind: "running",
      startedAt: new Date(started),
    });
  },
);

test("of an attempt that is gone nothing is known", async () => {
  const server = await serve(() => ({ status: 404 }));
  expect(await connect(server.url).runs.state({ runId: "1", attempt: 1, runner: undefined })).toEqual({
    kind: "unknown",
  });
});

const RUNNER = "GitHub Actions 7";
const JOB = { runId: "1", attempt: 3, runner: RUNNER };

/** A run under way, with these jobs in pages of a hundred. */
function serveJobs(jobs: readonly object[], total = jobs.length) {
  return serve(({ target }) => {
    const { pathname, searchParams } = new URL(target, "http://github.test");
    if (!pathname.endsWith("/jobs")) {
      return { status: 200, body: { status: "in_progress", run_started_at: started, updated_at: updated } };
    }
    const page = Number(searchParams.get("page"));
    return { status: 200, body: { total_count: total, jobs: jobs.slice((page - 1) * 100, page * 100) } };
  });
}

function job(runner: string | null, from: string, to?: string): object {
  const times = {
    started_at: `2026-11-22T${from}:00Z`,
    completed_at: to === undefined ? null : `2026-11-22T${to}:00Z`,
  };
  return { runner_name: runner, status: to === undefined ? "in_progress" : "completed", ...times };
}

function at(time: string): Date {
  return new Date(`2026-11-22T${time}:00Z`);
}

const OF_RUN = { kind: "running", startedAt: new Date(started) };

test.each<[string, readonly object[], object]>([
  ["its own job goes on", [job(RUNNER, "10:02")], { kind: "running", startedAt: at("10:02") }],
  [
    "its own job has ended and another goes on",
    [job(RUNNER, "10:02", "10:04"), job("GitHub Actions 8", "10:03")],
    { kind: "ended", startedAt: at("10:02"), endedAt: at("10:04") },
  ],
  [
    "its runner has taken a second job",
    [job(RUNNER, "10:05"), job(RUNNER, "10:02", "10:04")],
    { kind: "running", startedAt: at("10:05") },
  ],
  [
    "its runner has finished two jobs",
    [job(RUNNER, "10:05", "10:06"), job(RUNNER, "10:02", "10:04")],
    { kind: "ended", startedAt: at("10:05"), endedAt: at("10:06") },
  ],
  ["no job was on its runner", [job("GitHub Actions 70", "10:02", "10:04"), job(null, "10:00")], OF_RUN],
  ["its job ended at no time", [{ ...job(RUNNER, "10:02", "10:04"), completed_at: null }], OF_RUN],
  ["its job began at no time", [{ ...job(RUNNER, "10:02"), started_at: "soon" }], OF_RUN],
])("of a job in a run under way: %s", async (_what, jobs, state) => {
  const server = await serveJobs(jobs);
  expect(await connect(server.url).runs.state(JOB)).toEqual(state);
  expect(server.seen.map(({ target }) => target)).toEqual([
    "/repos/acme/credentials/actions/runs/1/attempts/3",
    "/repos/acme/credentials/actions/runs/1/attempts/3/jobs?per_page=100&page=1",
  ]);
});

function others(count: number): readonly object[] {
  return Array.from({ length: count }, () => job("another", "10:01", "10:02"));
}

test("a job is found on the last of three pages", async () => {
  const server = await serveJobs([...others(299), job(RUNNER, "10:02", "10:04")]);
  expect(await connect(server.url).runs.state(JOB)).toMatchObject({ kind: "ended" });
  expect(server.seen).toHaveLength(4);
});

test("where jobs are left out of the list, one of them may be the one: the run's word holds", async () => {
  const tooMany = await serveJobs([job(RUNNER, "10:02", "10:04"), ...others(300)]);
  expect(await connect(tooMany.url).runs.state(JOB)).toEqual(OF_RUN);
  expect(tooMany.seen).toHaveLength(4);
  const oneMore = await serveJobs([job(RUNNER, "10:02", "10:04")], 2);
  expect(await connect(oneMore.url).runs.state(JOB)).toEqual(OF_RUN);
});

test.each<[number, object]>([
  [404, OF_RUN],
  [403, { code: "store_refused" }],
  [502, { code: "transient" }],
])("a %i for the jobs comes to %j", async (status, outcome) => {
  const server = await serve(({ target }) =>
    target.includes("/jobs")
      ? { status }
      : { status: 200, body: { status: "in_progress", run_started_at: started } },
  );
  const state = connect(server.url).runs.state(JOB);
  expect(await state.catch((error: unknown) => error)).toMatchObject(outcome);
});

test("of an attempt that has completed no jobs are asked for", async () => {
  const body = { status: "completed", run_started_at: started, updated_at: updated };
  const server = await serve(() => ({ status: 200, body }));
  expect(await connect(server.url).runs.state(JOB)).toMatchObject({ kind: "ended" });
  expect(server.seen).toHaveLength(1);
});

test("a server that fails is not taken for a run that ended", async () => {
  const server = await serve(() => ({ status: 500 }));
  await expect(
    connect(server.url).runs.state({ runId: "1", attempt: 1, runner: undefined }),
  ).rejects.toMatchObject({ code: "transient" });
});

test("a token that may not read runs is told the permission", async () => {
  const headers = { "x-accepted-github-permissions": "actions=read" };
  const server = await serve(() => ({ status: 403, headers }));
  const failure = connect(server.url).runs.state({ runId: "1", attempt: 1, runner: undefined });
  await expect(failure).rejects.toThrow('"Actions: Read-only" (repository)');
});

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
    hint: expect.stringContaining("add the workflow") as string,
  });
});
