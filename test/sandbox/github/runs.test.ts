import { describe, expect, it } from "vitest";
import { connect, PATH, REPOSITORY } from "./client.ts";

const RUNS = `${PATH}/actions/runs`;
const WORKFLOW = `${PATH}/actions/workflows/sealring.yml`;

describe("a workflow run", () => {
  it("is under way until its job has ended, and then says how and when", async () => {
    const { sandbox, clock, send } = await connect();
    const run = sandbox.runs.start(REPOSITORY, 4_711);
    expect((await send("GET", `${RUNS}/4711`)).body).toMatchObject({
      status: "in_progress",
      conclusion: null,
    });
    clock.passSeconds(90);
    sandbox.runs.end(run, "failure");
    const ended = { status: "completed", conclusion: "failure" };
    expect((await send("GET", `${RUNS}/4711`)).body).toMatchObject({
      ...ended,
      updated_at: "2026-11-22T12:01:30Z",
    });
    const { body } = await send("GET", `${RUNS}/4711/attempts/1/jobs`);
    expect(body).toMatchObject({
      total_count: 1,
      jobs: [{ ...ended, completed_at: "2026-11-22T12:01:30Z" }],
    });
  });

  it("tells its attempts apart", async () => {
    const { sandbox, send } = await connect();
    const run = sandbox.runs.start(REPOSITORY);
    sandbox.runs.end(run);
    sandbox.runs.retry(run);
    const one = `${RUNS}/${String(run.id)}`;
    expect((await send("GET", one)).body).toMatchObject({ run_attempt: 2, status: "in_progress" });
    expect((await send("GET", `${one}/attempts/1`)).body).toMatchObject({
      run_attempt: 1,
      status: "completed",
    });
    expect((await send("GET", `${one}/attempts/3`)).status).toBe(404);
  });
});

describe("a dispatch", () => {
  it("starts a run of the workflow, with its inputs", async () => {
    const { sandbox, send } = await connect();
    const inputs = { command: "revoke" };
    expect((await send("POST", `${WORKFLOW}/dispatches`, { ref: "main", inputs })).status).toBe(204);
    expect([...sandbox.repository(REPOSITORY).runs.values()]).toMatchObject([
      { event: "workflow_dispatch", inputs },
    ]);
  });

  it("needs a branch that exists and a workflow that is not disabled", async () => {
    const { sandbox, send } = await connect();
    const dispatch = async (ref: string): Promise<number> =>
      (await send("POST", `${WORKFLOW}/dispatches`, { ref })).status;
    expect(await dispatch("nowhere")).toBe(422);
    for (const workflow of sandbox.repository(REPOSITORY).workflows) workflow.state = "disabled_inactivity";
    expect(await dispatch("main")).toBe(422);
    expect((await send("GET", WORKFLOW)).body).toMatchObject({ state: "disabled_inactivity" });
  });
});
