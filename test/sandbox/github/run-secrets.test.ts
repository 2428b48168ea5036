import { describe, expect, it } from "vitest";
import { SealringError } from "../../../src/errors.ts";
import type { Job, Run } from "../../../src/sandbox/github/model.ts";
import type { TestClient } from "./client.ts";
import { connect, PATH, REPOSITORY, sealTo, sender } from "./client.ts";

const ENVIRONMENT = `${PATH}/environments/sealring`;
const OWN = `${PATH}/actions/secrets`;
const TRIGGER = { workflowFile: "sealring.yml", event: "schedule" } as const;

/** A run, queued, with one job that waits. */
function queued({ sandbox }: TestClient, environment?: string): { run: Run; job: Job } {
  const run = sandbox.runs.trigger(REPOSITORY, TRIGGER);
  if (run === undefined) throw new Error("the workflow does not run");
  return { run, job: sandbox.runs.addJob(run, "refresh", environment) };
}

/** Starts the job, and gives the secrets that it reads. */
function startAndRead({ sandbox }: TestClient, { run, job }: { run: Run; job: Job }): Record<string, string> {
  sandbox.runs.startJob(job);
  return Object.fromEntries(sandbox.runs.secretsOf(run, job));
}

describe("a job reads", () => {
  it("the repository's secrets as they were when its run was queued, and its environment's as when it started", async () => {
    const client = await connect();
    await client.seal(OWN, "OWN", "old");
    await client.seal(`${ENVIRONMENT}/secrets`, "ENVELOPE", "old");
    const waiting = queued(client, "sealring");
    await client.seal(OWN, "OWN", "new");
    await client.seal(`${ENVIRONMENT}/secrets`, "ENVELOPE", "new");
    client.sandbox.runs.startJob(waiting.job);
    await client.seal(`${ENVIRONMENT}/secrets`, "ENVELOPE", "newest");
    expect(startAndRead(client, waiting)).toEqual({ OWN: "old", ENVELOPE: "new" });
  });

  it("the repository's secrets anew when the run is run again", async () => {
    const client = await connect();
    const { run } = queued(client);
    await client.seal(OWN, "OWN", "new");
    client.sandbox.runs.retry(run);
    const job = run.attempts[1]?.jobs[0];
    expect(job && startAndRead(client, { run, job })).toEqual({ OWN: "new" });
  });

  it("its environment's secret rather than the repository's of the same name", async () => {
    const client = await connect();
    await client.seal(OWN, "TOKEN", "repository");
    await client.seal(`${ENVIRONMENT}/secrets`, "TOKEN", "environment");
    expect(startAndRead(client, queued(client, "sealring"))).toEqual({ TOKEN: "environment" });
    expect(startAndRead(client, queued(client))).toEqual({ TOKEN: "repository" });
  });

  it("nothing before it has started", async () => {
    const client = await connect();
    const { run, job } = queued(client);
    expect(() => client.sandbox.runs.secretsOf(run, job)).toThrow(SealringError);
  });

  it("no environment's secrets where the plan has no environments", async () => {
    const client = await connect();
    await client.seal(`${ENVIRONMENT}/secrets`, "ENVELOPE", "one");
    client.sandbox.repository(REPOSITORY).plan = "free";
    expect(startAndRead(client, queued(client, "sealring"))).toEqual({});
  });
});

describe("a job of an environment", () => {
  const CUSTOM = { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } };

  it.each([
    ["main", "success"],
    ["m?in", "success"],
    ["*", "success"],
    ["release/*", "failure"],
    ["mai", "failure"],
  ])("with the pattern %s ends on main with %s", async (name, conclusion) => {
    const client = await connect();
    await client.seal(`${ENVIRONMENT}/secrets`, "ENVELOPE", "one");
    await client.send("PUT", ENVIRONMENT, CUSTOM);
    await client.send("POST", `${ENVIRONMENT}/deployment-branch-policies`, { name });
    const { run, job } = queued(client, "sealring");
    const read = startAndRead(client, { run, job });
    client.sandbox.runs.end(run);
    expect(job.ended).toMatchObject({ conclusion });
    expect(read).toEqual(conclusion === "success" ? { ENVELOPE: "one" } : {});
  });

  it.each([
    ["*", "failure"],
    ["release/*", "success"],
  ])("with the pattern %s ends on release/1 with %s", async (name, conclusion) => {
    const client = await connect();
    client.sandbox.commit(REPOSITORY, { branch: "release/1", files: { "a.txt": "a" }, message: "m" });
    await client.send("PUT", ENVIRONMENT, CUSTOM);
    await client.send("POST", `${ENVIRONMENT}/deployment-branch-policies`, { name });
    await client.send("POST", `${PATH}/actions/workflows/sealring.yml/dispatches`, { ref: "release/1" });
    const [run] = client.sandbox.repository(REPOSITORY).runs.values();
    const job = run && client.sandbox.runs.addJob(run, "refresh", "sealring");
    if (job !== undefined) client.sandbox.runs.startJob(job);
    expect(job?.ended?.conclusion ?? "success").toBe(conclusion);
  });

  it("that is not there makes it, open to all branches", async () => {
    const client = await connect();
    startAndRead(client, queued(client, "new"));
    const { body } = await client.send("GET", `${PATH}/environments/new`);
    expect(body).toMatchObject({ deployment_branch_policy: null, protection_rules: [] });
  });
});

describe("an organization's secret", () => {
  async function readWith(visibility: string, ids: number[] | undefined, plan: "free" | "team" = "team") {
    const client = await connect();
    client.sandbox.repository(REPOSITORY).plan = plan;
    const path = "/orgs/acme/actions/secrets";
    const { key, key_id } = (await client.send("GET", `${path}/public-key`)).body as Record<string, string>;
    const selected = ids === undefined ? {} : { selected_repository_ids: ids };
    const sealed = { key_id, encrypted_value: sealTo(key ?? "", "shared"), visibility, ...selected };
    await client.send("PUT", `${path}/SHARED`, sealed);
    return { client, read: () => startAndRead(client, queued(client)) };
  }

  it("is read by those repositories that it is visible to", async () => {
    for (const visibility of ["all", "private"]) {
      const { client, read } = await readWith(visibility, undefined);
      expect(read()).toEqual({ SHARED: "shared" });
      client.sandbox.repository(REPOSITORY).visibility = "public";
      expect(read()).toEqual(visibility === "all" ? { SHARED: "shared" } : {});
    }
    const { client, read } = await readWith("selected", []);
    expect(read()).toEqual({});
    const one = `/orgs/acme/actions/secrets/SHARED/repositories/${String(client.sandbox.repository(REPOSITORY).id)}`;
    expect((await client.send("PUT", one)).status).toBe(204);
    expect(read()).toEqual({ SHARED: "shared" });
    expect((await client.send("DELETE", one)).status).toBe(204);
    expect(read()).toEqual({});
  });

  it("is not for private repositories of GitHub Free", async () => {
    expect((await readWith("all", undefined, "free")).read()).toEqual({});
  });
});

it("a job's GITHUB_TOKEN sees its repository alone, and ends with the job", async () => {
  const client = await connect();
  client.sandbox.addRepository("acme/other");
  const { run, job } = queued(client);
  client.sandbox.runs.startJob(job);
  const send = sender(client.sandbox, client.sandbox.runs.tokenOf(run, job, { contents: "read" }).value);
  expect((await send("GET", `${PATH}/contents/README.md`)).status).toBe(200);
  expect((await send("GET", OWN)).status).toBe(403);
  expect((await send("GET", "/repos/acme/other")).status).toBe(404);
  client.sandbox.runs.endJob(job);
  expect((await send("GET", PATH)).status).toBe(401);
});
