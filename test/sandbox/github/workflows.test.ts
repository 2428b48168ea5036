import { describe, expect, it } from "vitest";
import type { Reply, TestClient } from "./client.ts";
import { connect, PATH, REPOSITORY } from "./client.ts";

const WORKFLOWS = `${PATH}/actions/workflows`;
const FILE = `name: nightly
on:
  schedule: [{ cron: "17 3 * * *" }]
  workflow_dispatch:
    inputs:
      command: { type: choice, options: [refresh, revoke] }
      credential: { required: true }
      force: { type: boolean, default: false }
`;

/** A client of a repository with a workflow file `nightly.yml` and nothing else. */
async function connectToFile(text = FILE): Promise<TestClient> {
  const client = await connect();
  client.sandbox.repository(REPOSITORY).workflows.length = 0;
  commit(client, { ".github/workflows/nightly.yml": text });
  return client;
}

function commit({ sandbox }: TestClient, files: Record<string, string | undefined>, branch = "main"): void {
  sandbox.commit(REPOSITORY, { branch, files, message: "m" });
}

describe("a workflow file", () => {
  it("is known once it is on the default branch, and until it is gone", async () => {
    const client = await connectToFile();
    commit(client, { ".github/workflows/other.yaml": "on: push" }, "feature");
    expect((await client.send("GET", WORKFLOWS)).body).toMatchObject({
      total_count: 1,
      workflows: [{ name: "nightly", path: ".github/workflows/nightly.yml", state: "active" }],
    });
    expect((await client.send("GET", `${WORKFLOWS}/other.yaml`)).status).toBe(404);
    commit(client, { ".github/workflows/nightly.yml": undefined });
    expect((await client.send("GET", `${WORKFLOWS}/nightly.yml`)).status).toBe(404);
  });

  it("that is no YAML is known by its path", async () => {
    const { send } = await connectToFile("on: [");
    const { body } = await send("GET", `${WORKFLOWS}/nightly.yml`);
    expect(body).toMatchObject({ name: ".github/workflows/nightly.yml" });
  });
});

describe("a schedule", () => {
  const DAY = 86_400;

  async function stateAfter(client: TestClient, days: number): Promise<string> {
    client.clock.passSeconds(days * DAY);
    return ((await client.send("GET", `${WORKFLOWS}/nightly.yml`)).body as { state: string }).state;
  }

  it("ends after 60 idle days of a public repository, and runs again once it is enabled", async () => {
    const client = await connectToFile();
    client.sandbox.repository(REPOSITORY).visibility = "public";
    expect(await stateAfter(client, 59)).toBe("active");
    expect(await stateAfter(client, 1)).toBe("disabled_inactivity");
    const trigger = { workflowFile: "nightly.yml", event: "schedule" } as const;
    expect(client.sandbox.runs.trigger(REPOSITORY, trigger)).toBeUndefined();
    await client.send("PUT", `${WORKFLOWS}/nightly.yml/enable`);
    expect(await stateAfter(client, 0)).toBe("active");
    expect(client.sandbox.runs.trigger(REPOSITORY, trigger)).toMatchObject({ event: "schedule" });
  });

  it.each(["enabling it", "a commit"])("is put off its end by %s", async (activity) => {
    const client = await connectToFile();
    client.sandbox.repository(REPOSITORY).visibility = "public";
    await stateAfter(client, 59);
    if (activity === "a commit") commit(client, { "README.md": "new" });
    else await client.send("PUT", `${WORKFLOWS}/nightly.yml/enable`);
    expect(await stateAfter(client, 59)).toBe("active");
    expect(await stateAfter(client, 1)).toBe("disabled_inactivity");
  });

  it("goes on whatever happens to other branches of an idle public repository, until it ends", async () => {
    const client = await connectToFile();
    client.sandbox.repository(REPOSITORY).visibility = "public";
    await stateAfter(client, 59);
    commit(client, { "journal.json": "{}" }, "sealring-state");
    expect(await stateAfter(client, 1)).toBe("disabled_inactivity");
  });

  it("does not end in a private repository, nor where there is none", async () => {
    expect(await stateAfter(await connectToFile(), 400)).toBe("active");
    const client = await connectToFile("on: push");
    client.sandbox.repository(REPOSITORY).visibility = "public";
    expect(await stateAfter(client, 400)).toBe("active");
  });
});

it("a workflow that a person disabled stays so until it is enabled", async () => {
  const client = await connectToFile();
  await client.send("PUT", `${WORKFLOWS}/nightly.yml/disable`);
  expect((await client.send("GET", `${WORKFLOWS}/nightly.yml`)).body).toMatchObject({
    state: "disabled_manually",
  });
});

describe("a dispatch of a file", () => {
  const dispatch = ({ send }: TestClient, inputs: object, ref = "main"): Promise<Reply> =>
    send("POST", `${WORKFLOWS}/nightly.yml/dispatches`, { ref, inputs });

  it("takes the inputs that the file declares, with its defaults, and leaves the jobs to a runner", async () => {
    const client = await connectToFile();
    expect((await dispatch(client, { credential: "oura" })).status).toBe(204);
    const [run] = client.sandbox.repository(REPOSITORY).runs.values();
    expect(run).toMatchObject({ inputs: { command: "refresh", credential: "oura", force: false } });
    expect(run?.attempts).toMatchObject([{ jobs: [] }]);
  });

  it.each([
    [{}, "Required input 'credential' not provided"],
    [{ credential: "oura", other: "x" }, 'Unexpected inputs provided: ["other"]'],
    [{ credential: "oura", command: "delete" }, "not in the list of allowed values"],
  ])("refuses %j", async (inputs, reason) => {
    const client = await connectToFile();
    const { status, body } = await dispatch(client, inputs);
    expect(status).toBe(422);
    expect((body as { message: string }).message).toContain(reason);
  });

  it("goes by the file of the branch that is named", async () => {
    const client = await connectToFile();
    commit(client, { ".github/workflows/nightly.yml": "on: push" }, "feature");
    expect((await dispatch(client, { credential: "oura" }, "feature")).status).toBe(422);
  });
});

it("runs are found by event, status and branch, the newest first", async () => {
  const client = await connectToFile();
  const trigger = { workflowFile: "nightly.yml", event: "schedule" } as const;
  const first = client.sandbox.runs.trigger(REPOSITORY, trigger);
  const second = client.sandbox.runs.trigger(REPOSITORY, trigger);
  const ids = async (query: string): Promise<number[]> => {
    const { body } = await client.send("GET", `${WORKFLOWS}/nightly.yml/runs?${query}`);
    return (body as { workflow_runs: { id: number }[] }).workflow_runs.map(({ id }) => id);
  };
  expect(await ids("event=schedule&per_page=1")).toEqual([second?.id]);
  expect(await ids("status=queued")).toEqual([second?.id, first?.id]);
  expect(await ids("event=workflow_dispatch")).toEqual([]);
  expect(await ids("branch=feature")).toEqual([]);
});
