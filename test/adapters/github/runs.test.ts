import { expect, test } from "vitest";
import { connect, serve } from "./server.ts";

const started = "2026-11-22T10:00:00Z";
const updated = "2026-11-22T10:05:00Z";

test("a completed attempt has ended when GitHub last changed it", async () => {
  const server = await serve(() => ({
    status: 200,
    body: { status: "completed", run_started_at: started, updated_at: updated },
  }));
  expect(await connect(server.url).runs.state({ runId: "123", attempt: 2, jobId: undefined })).toEqual({
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
    expect(await connect(server.url).runs.state({ runId: "1", attempt: 1, jobId: undefined })).toEqual({
      kind: "running",
      startedAt: new Date(started),
    });
  },
);

test("of an attempt that is gone nothing is known", async () => {
  const server = await serve(() => ({ status: 404 }));
  expect(await connect(server.url).runs.state({ runId: "1", attempt: 1, jobId: undefined })).toEqual({
    kind: "unknown",
  });
});

const JOB = { runId: "1", attempt: 3, jobId: "7" };
const OF_RUN = { kind: "running", startedAt: new Date(started) };

/** A run under way, and one job of it. */
function serveJob(job: object) {
  return serve(({ target }) => ({
    status: 200,
    body: target.includes("/jobs/")
      ? { run_id: 1, ...job }
      : { status: "in_progress", run_started_at: started, updated_at: updated },
  }));
}

function at(time: string): Date {
  return new Date(`2026-11-22T${time}:00Z`);
}

const UNDER_WAY = { status: "in_progress", started_at: "2026-11-22T10:02:00Z", completed_at: null };
const OVER = { ...UNDER_WAY, status: "completed", completed_at: "2026-11-22T10:04:00Z" };

test.each<[string, object, object]>([
  ["goes on", UNDER_WAY, { kind: "running", startedAt: at("10:02") }],
  ["is over", OVER, { kind: "ended", startedAt: at("10:02"), endedAt: at("10:04") }],
  ["ended at no time", { ...OVER, completed_at: null }, OF_RUN],
  ["began at no time", { ...UNDER_WAY, started_at: "soon" }, OF_RUN],
  ["is one of another run", { ...OVER, run_id: 2 }, OF_RUN],
])("in a run under way, a job that %s", async (_what, job, state) => {
  const server = await serveJob(job);
  expect(await connect(server.url).runs.state(JOB)).toEqual(state);
  expect(server.seen.map(({ target }) => target)).toEqual([
    "/repos/acme/credentials/actions/runs/1/attempts/3",
    "/repos/acme/credentials/actions/jobs/7",
  ]);
});

test.each<[number, object]>([
  [404, OF_RUN],
  [403, { code: "store_refused" }],
  [502, { code: "transient" }],
])("a %i for the jobs comes to %j", async (status, outcome) => {
  const server = await serve(({ target }) =>
    target.includes("/jobs/")
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
    connect(server.url).runs.state({ runId: "1", attempt: 1, jobId: undefined }),
  ).rejects.toMatchObject({ code: "transient" });
});

test("a token that may not read runs is told the permission", async () => {
  const headers = { "x-accepted-github-permissions": "actions=read" };
  const server = await serve(() => ({ status: 403, headers }));
  const failure = connect(server.url).runs.state({ runId: "1", attempt: 1, jobId: undefined });
  await expect(failure).rejects.toThrow('"Actions: Read-only" (repository)');
});
