import { expect, it } from "vitest";
import { OPERATIONS } from "../../../src/sandbox/github/operations.ts";
import { DESCRIBED_OPERATIONS } from "../../support/github-contract.ts";
import type { TestClient } from "./client.ts";
import { connect, jwtOf, PATH, REPOSITORY, sealTo, sender } from "./client.ts";

type Send = TestClient["send"];

const SECRET_PATHS = [
  `${PATH}/actions/secrets`,
  `${PATH}/dependabot/secrets`,
  `${PATH}/codespaces/secrets`,
  `${PATH}/environments/sealring/secrets`,
];

async function speakSecrets({ send, seal }: TestClient, path: string): Promise<void> {
  await seal(path, "TOKEN", "a");
  await seal(path, "TOKEN", "b");
  await send("GET", path);
  await send("GET", `${path}/TOKEN`);
  await send("DELETE", `${path}/TOKEN`);
}

async function speakOrganization({ send, sandbox }: TestClient, app: string): Promise<void> {
  const path = `/orgs/acme/${app}/secrets`;
  const { body } = await send("GET", `${path}/public-key`);
  const { key, key_id } = body as { key: string; key_id: string };
  const { id } = sandbox.repository(REPOSITORY);
  const sealed = { key_id, encrypted_value: sealTo(key, "a") };
  await send("PUT", `${path}/TOKEN`, { ...sealed, visibility: "selected", selected_repository_ids: [id] });
  await send("GET", path);
  await send("GET", `${path}/TOKEN`);
  await send("PUT", `${path}/TOKEN/repositories`, { selected_repository_ids: [id] });
  await send("GET", `${path}/TOKEN/repositories`);
  for (const method of ["PUT", "DELETE"]) await send(method, `${path}/TOKEN/repositories/${String(id)}`);
  await send("DELETE", `${path}/TOKEN`);
}

async function speakApp({ sandbox }: TestClient): Promise<void> {
  const made = sandbox.addApp({ slug: "app", account: "acme", permissions: { contents: "write" } });
  const asApp = sender(sandbox, jwtOf(made));
  const installation = `/app/installations/${String(made.installation.id)}`;
  const paths = ["/app", installation, "/orgs/acme/installation", `${PATH}/installation`];
  for (const path of paths) await asApp("GET", path);
  const { body } = await asApp("POST", `${installation}/access_tokens`);
  const asInstallation = sender(sandbox, (body as { token: string }).token);
  await asInstallation("GET", "/installation/repositories");
  await asInstallation("DELETE", "/installation/token");
}

async function speakEnvironments(send: Send): Promise<void> {
  const environment = `${PATH}/environments/sealring`;
  const policies = `${environment}/deployment-branch-policies`;
  const custom = { protected_branches: false, custom_branch_policies: true };
  await send("PUT", environment, { deployment_branch_policy: custom });
  const { body } = await send("POST", policies, { name: "main" });
  const policy = `${policies}/${String((body as { id: number }).id)}`;
  await send("PUT", policy, { name: "release/*" });
  for (const path of [policies, policy, environment, `${PATH}/environments`]) await send("GET", path);
  await send("DELETE", policy);
  await send("DELETE", environment);
}

async function speakGit(send: Send): Promise<void> {
  const shaOf = async (method: string, path: string, body?: unknown): Promise<string> => {
    const reply = await send(method, `${PATH}/git/${path}`, body);
    return (reply.body as { sha: string }).sha;
  };
  const blob = await shaOf("POST", "blobs", { content: "text", encoding: "utf-8" });
  const tree = await shaOf("POST", "trees", {
    tree: [{ path: "a/b.txt", mode: "100644", type: "blob", sha: blob }],
  });
  const commit = await shaOf("POST", "commits", { message: "first", tree, parents: [] });
  const next = await shaOf("POST", "commits", { message: "second", tree, parents: [commit] });
  await send("POST", `${PATH}/git/refs`, { ref: "refs/heads/state", sha: commit });
  await send("GET", `${PATH}/git/ref/heads/state`);
  await send("GET", `${PATH}/git/matching-refs/heads/st`);
  await send("PATCH", `${PATH}/git/refs/heads/state`, { sha: next, force: false });
  await send("GET", `${PATH}/git/blobs/${blob}`);
  await send("GET", `${PATH}/git/trees/${tree}?recursive=1`);
  await send("GET", `${PATH}/git/commits/${next}`);
  await send("GET", `${PATH}/commits?sha=state&path=a/b.txt`);
  for (const path of ["a", "a/b.txt"]) await send("GET", `${PATH}/contents/${path}?ref=state`);
  await send("DELETE", `${PATH}/git/refs/heads/state`);
}

async function speakRuns({ sandbox, send }: TestClient): Promise<void> {
  const run = sandbox.runs.start(REPOSITORY);
  const { id: artifact } = sandbox.runs.upload(run, "sealring-boxes-1", { "oura.box.json": "{}" });
  sandbox.runs.end(run, "failure");
  sandbox.runs.retry(run);
  const actions = `${PATH}/actions`;
  const one = `${actions}/runs/${String(run.id)}`;
  const { body } = await send("GET", `${one}/jobs?filter=all`);
  const [job] = (body as { jobs: { id: number }[] }).jobs;
  for (const path of [one, `${one}/attempts/1`, `${one}/attempts/1/jobs`]) await send("GET", path);
  await send("GET", `${actions}/jobs/${String(job?.id)}`);
  await send("GET", `${actions}/runs?status=in_progress`);
  await send("GET", `${one}/artifacts?name=sealring-boxes-1`);
  for (const path of ["", "/zip"]) await send("GET", `${actions}/artifacts/${String(artifact)}${path}`);
  const workflow = `${actions}/workflows/sealring.yml`;
  for (const path of [`${actions}/workflows`, workflow, `${workflow}/runs`]) await send("GET", path);
  for (const path of ["disable", "enable"]) await send("PUT", `${workflow}/${path}`);
  await send("POST", `${workflow}/dispatches`, { ref: "main", inputs: { credential: "oura" } });
  await send("POST", `${workflow}/dispatches`, { ref: "main", return_run_details: true });
}

async function speakIssues(send: Send): Promise<void> {
  const issues = `${PATH}/issues`;
  await send("POST", issues, {
    title: "Authorize again",
    body: "why",
    labels: ["sealring"],
    assignees: ["octocat"],
  });
  await send("POST", `${issues}/1/comments`, { body: "still" });
  await send("GET", `${issues}/1/comments`);
  await send("PATCH", `${issues}/1`, { state: "closed", state_reason: "completed" });
  await send("GET", `${issues}/1`);
  await send("GET", `${issues}?state=all&labels=sealring`);
}

it("every operation is described by GitHub, and every described one is answered", () => {
  expect(OPERATIONS.map(({ id }) => id).toSorted()).toEqual([...DESCRIBED_OPERATIONS].toSorted());
});

it("every operation succeeds with requests and answers as GitHub describes them", async () => {
  const client = await connect();
  for (const path of ["/", "/rate_limit", "/user", PATH]) await client.send("GET", path);
  await client.send("PUT", `${PATH}/topics`, { names: ["oauth2"] });
  for (const path of SECRET_PATHS) await speakSecrets(client, path);
  for (const app of ["actions", "dependabot", "codespaces"]) await speakOrganization(client, app);
  await speakApp(client);
  await speakEnvironments(client.send);
  await speakGit(client.send);
  await speakRuns(client);
  await speakIssues(client.send);

  const { log } = client.sandbox;
  expect(log.filter(({ status }) => status >= 400)).toEqual([]);
  expect(new Set(log.map(({ operation }) => operation))).toEqual(new Set(DESCRIBED_OPERATIONS));
});
