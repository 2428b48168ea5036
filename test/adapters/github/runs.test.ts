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
