import { describe, expect, it } from "vitest";
import { EVERY_PERMISSION } from "../../../src/sandbox/github/permissions.ts";
import type { Permissions } from "../../../src/sandbox/github/permissions.ts";
import { connect, PATH, REPOSITORY, sender } from "./client.ts";

const ENVIRONMENT = `${PATH}/environments/production`;
const WORKFLOW = ".github/workflows/sealring.yml";
const everythingBut = (permission: keyof Permissions): Permissions =>
  Object.fromEntries(Object.entries(EVERY_PERMISSION).filter(([name]) => name !== permission));

describe("a permission that is missing", () => {
  it("is said before a body is found invalid, or a thing below the repository absent", async () => {
    const { send } = await connect({ contents: "read" });
    const both = { protected_branches: true, custom_branch_policies: true };
    const put = await send("PUT", ENVIRONMENT, { deployment_branch_policy: both });
    expect(put.status).toBe(403);
    expect(put.headers.get("x-accepted-github-permissions")).toBe("administration=write");
    const { status, headers } = await send("DELETE", `${ENVIRONMENT}/secrets/TOKEN`);
    expect(status).toBe(403);
    expect(headers.get("x-accepted-github-permissions")).toBe("environments=write");
  });

  it("of workflows forbids a ref that brings workflow files, and no other", async () => {
    const client = await connect(everythingBut("workflows"));
    const bring = async (path: string, branch: string) => {
      const created = await client.send("POST", `${PATH}/git/trees`, {
        tree: [{ path, mode: "100644", type: "blob", content: "on: push" }],
      });
      const tree = (created.body as { sha: string }).sha;
      const commit = await client.send("POST", `${PATH}/git/commits`, { message: "m", tree, parents: [] });
      const sha = (commit.body as { sha: string }).sha;
      return client.send("POST", `${PATH}/git/refs`, { ref: `refs/heads/${branch}`, sha });
    };
    expect((await bring("journal.json", "state")).status).toBe(201);
    const refused = await bring(WORKFLOW, "feature");
    expect(refused.status).toBe(403);
    const accepted = "contents=write; contents=write,workflows=write";
    expect(refused.headers.get("x-accepted-github-permissions")).toBe(accepted);
    client.sandbox.commit(REPOSITORY, { branch: "main", files: { [WORKFLOW]: "on: push" }, message: "m" });
    expect((await bring(WORKFLOW, "feature")).status).toBe(201);
  });
});

describe("a public repository", () => {
  it("is read by anybody, and written by those who may", async () => {
    const { sandbox } = await connect();
    const repository = sandbox.repository(REPOSITORY);
    const asked = {
      kind: "personal",
      login: "eve",
      permissions: EVERY_PERMISSION,
      repositories: [],
    } as const;
    const send = sender(sandbox, sandbox.addToken(asked).value);
    expect((await send("GET", PATH)).status).toBe(404);
    repository.visibility = "public";
    expect((await send("GET", PATH)).body).toMatchObject({ private: false, visibility: "public" });
    expect((await send("GET", `${PATH}/contents/README.md`)).status).toBe(200);
    expect((await send("GET", `${PATH}/actions/secrets`)).status).toBe(403);
    expect((await send("PUT", ENVIRONMENT)).status).toBe(403);
    expect((await sandbox.handler(new Request(`http://127.0.0.1${PATH}`))).response.status).toBe(200);
  });
});

it("an archived repository is read, and not written", async () => {
  const { sandbox, send } = await connect();
  sandbox.repository(REPOSITORY).archived = true;
  expect((await send("GET", PATH)).body).toMatchObject({ archived: true });
  expect((await send("PUT", ENVIRONMENT)).status).toBe(403);
});

describe("a classic token", () => {
  it("is told of scopes, and finds nothing without them", async () => {
    const { sandbox } = await connect();
    const asked = { kind: "classic", login: "ada", permissions: {}, repositories: "all" } as const;
    const may = sender(sandbox, sandbox.addToken({ ...asked, scopes: ["repo"] }).value);
    const { status, headers } = await may("PUT", ENVIRONMENT);
    expect(status).toBe(200);
    expect(headers.get("x-oauth-scopes")).toBe("repo");
    expect(headers.get("x-accepted-oauth-scopes")).toBe("repo");
    expect((await may("GET", "/orgs/acme/actions/secrets")).status).toBe(404);
    const mayNot = sender(sandbox, sandbox.addToken(asked).value);
    expect((await mayNot("GET", PATH)).status).toBe(404);
  });
});

it.each([
  ["personal", "github_pat_"],
  ["classic", "ghp_"],
  ["oauth", "gho_"],
  ["installation", "ghs_"],
  ["actions", "ghs_"],
] as const)("a token of kind %s begins with %s", async (kind, prefix) => {
  const { sandbox } = await connect();
  const { value } = sandbox.addToken({ kind, login: "ada", permissions: {}, repositories: "all" });
  expect(value.startsWith(prefix)).toBe(true);
});

it("every answer says GitHub's time", async () => {
  const { clock, send } = await connect();
  clock.passSeconds(90);
  expect((await send("GET", "/user")).headers.get("date")).toBe("Sun, 22 Nov 2026 12:01:30 GMT");
});
