import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkedHandler } from "../../support/github-contract.ts";
import { REPOSITORY, startSandbox } from "./on-sandbox.ts";
import type { OnSandbox } from "./on-sandbox.ts";
import { connect, serve } from "./server.ts";

const BRANCH_ONLY = (branch: string) => ({
  policy: {
    kind: "patterns",
    patterns: [{ id: expect.any(Number) as number, name: branch, type: "branch" }],
  },
  gates: [],
});

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

const environment = () => github.sandbox.repository(REPOSITORY).environments.get("sealring");
const writes = () =>
  github.sandbox.log.filter(({ method }) => method !== "GET").map(({ operation }) => operation);

test("a repository tells its default branch, who sees it, and whether it is archived", async () => {
  const repository = github.sandbox.repository(REPOSITORY);
  repository.defaultBranch = "trunk";
  repository.archived = true;
  expect(await github.withPermissions().settings.repository()).toEqual({
    defaultBranch: "trunk",
    visibility: "private",
    archived: true,
  });
});

test("an Enterprise Server that names no visibility still says what is private", async () => {
  const server = await serve(() => ({ status: 200, body: { default_branch: "main", private: true } }));
  expect(await connect(server.url).settings.repository()).toMatchObject({ visibility: "private" });
});

test("an environment that is not there is none", async () => {
  expect(await github.withPermissions().settings.environment("sealring")).toBeUndefined();
});

test("an environment that is confined is there, open to that branch alone", async () => {
  const { settings } = github.withPermissions();
  await settings.confine("sealring", "main");
  expect(await settings.environment("sealring")).toEqual(BRANCH_ONLY("main"));
});

test("what is confined already is not written again", async () => {
  const { settings } = github.withPermissions();
  await settings.confine("sealring", "main");
  const before = writes().length;
  await settings.confine("sealring", "main");
  expect(writes()).toHaveLength(before);
});

test.each(["all", "protected"] as const)(
  "an environment that is open to %s is closed to others",
  async (policy) => {
    const open = github.sandbox.addEnvironment(REPOSITORY, "sealring");
    open.settings = { ...open.settings, policy };
    const { settings } = github.withPermissions();
    expect((await settings.environment("sealring"))?.policy).toEqual({ kind: policy });
    await settings.confine("sealring", "main");
    expect(await settings.environment("sealring")).toEqual(BRANCH_ONLY("main"));
  },
);

test("other branches and tags are kept out, after the branch was let in", async () => {
  const { settings } = github.withPermissions();
  await settings.confine("sealring", "old");
  const others = Array.from({ length: 120 }, (_, index) => ({
    ...{ id: index + 1, name: index === 0 ? "main" : `release/${String(index)}` },
    type: index % 2 === 0 ? ("tag" as const) : ("branch" as const),
  }));
  environment()?.branchPolicies.push(...others);
  const before = writes().length;
  await settings.confine("sealring", "main");
  expect(await settings.environment("sealring")).toEqual(BRANCH_ONLY("main"));
  expect(writes()[before]).toBe("repos/create-deployment-branch-policy");
});

describe.each(["reset", "kept"] as const)("where what a PUT leaves out is %s", (fate) => {
  test("a person's gates stay", async () => {
    github.sandbox.omittedSettings = fate;
    github.sandbox.repository(REPOSITORY).plan = "enterprise";
    const open = github.sandbox.addEnvironment(REPOSITORY, "sealring");
    const gated = {
      ...open.settings,
      waitMinutes: 30,
      reviewers: [{ type: "User", id: 7 }] as const,
      preventSelfReview: true,
    };
    open.settings = gated;
    const { settings } = github.withPermissions();
    await settings.confine("sealring", "main");
    expect(environment()?.settings).toEqual({ ...gated, policy: "custom" });
    expect((await settings.environment("sealring"))?.gates).toEqual(["wait_timer", "required_reviewers"]);
  });
});

test("a branch that somebody else has let in meanwhile is in", async () => {
  const policy = { protected_branches: false, custom_branch_policies: true };
  const server = await serve(({ method, target }) => {
    if (method === "POST") return { status: 303, headers: { location: "/elsewhere" } };
    if (target.endsWith("/environments/sealring"))
      return { status: 200, body: { deployment_branch_policy: policy } };
    return target.startsWith("/elsewhere") ? { status: 404 } : { status: 200, body: { branch_policies: [] } };
  });
  await connect(server.url).settings.confine("sealring", "main");
  expect(server.seen.at(-1)?.body).toEqual({ name: "main", type: "branch" });
});

test("a private repository below Enterprise is sent no gate, not even its default", async () => {
  github.sandbox.repository(REPOSITORY).plan = "team";
  await github.withPermissions().settings.confine("sealring", "main");
  expect(environment()?.settings.policy).toBe("custom");
});

test("where the plan has no environments, that is said", async () => {
  github.sandbox.repository(REPOSITORY).plan = "free";
  await expect(github.withPermissions().settings.confine("sealring", "main")).rejects.toMatchObject({
    code: "store_refused",
    message: expect.stringContaining("may have no environments") as string,
    hint: expect.stringContaining("upgrade its owner's plan") as string,
  });
});

test("where the plan has no branch policies, that is said", async () => {
  const message = "Fail to create protected rule, please ensure billing plan include protected branch gate.";
  const server = await serve(({ method }) =>
    method === "PUT" ? { status: 422, body: { message } } : { status: 404 },
  );
  await expect(connect(server.url).settings.confine("sealring", "main")).rejects.toMatchObject({
    code: "store_refused",
    hint: expect.stringContaining("GitHub Pro, Team or Enterprise") as string,
  });
});

test("without Administration nothing is set, and the permission is named", async () => {
  const { settings } = github.withPermissions({ actions: "read", environments: "write" });
  await expect(settings.confine("sealring", "main")).rejects.toMatchObject({
    code: "store_refused",
    message: expect.stringContaining('"Administration: Read and write" (repository)') as string,
    hint: expect.stringContaining("/settings/personal-access-tokens") as string,
  });
  expect(environment()).toBeUndefined();
});

test.each(["..", ".", ""])("an environment named %j is no other path", async (name) => {
  const { settings } = github.withPermissions();
  await expect(settings.confine(name, "main")).rejects.toMatchObject({ code: "usage" });
  await expect(settings.environment(name)).rejects.toMatchObject({ code: "usage" });
});

describe("a file", () => {
  const commit = (files: Readonly<Record<string, string | undefined>>, branch = "main") =>
    github.sandbox.commit(REPOSITORY, { branch, files, message: "change" });

  test("is read at the head of the default branch, whatever is in it", async () => {
    const text = `on: push # ünïcode ☃\n${"x".repeat(200)}\n`;
    commit({ ".github/workflows/sealring.yml": text });
    commit({ ".github/workflows/sealring.yml": "of another branch" }, "other");
    const { settings } = github.withPermissions();
    expect(await settings.file(".github/workflows/sealring.yml")).toBe(text);
  });

  test.each([
    ["that is not there", "absent.yml"],
    ["that is a directory", "folder"],
    ["that is over 1 MB", "large.txt"],
  ])("%s is none", async (_, path) => {
    commit({ "folder/a.txt": "a", "large.txt": "x".repeat(1024 * 1024 + 1) });
    expect(await github.withPermissions().settings.file(path)).toBeUndefined();
  });

  test("of a repository without any commit is none, and has no past", async () => {
    const { settings, past } = github.withPermissions();
    expect(await settings.file("sealring.yaml")).toBeUndefined();
    expect(await past.versions("sealring.yaml")).toEqual([]);
    expect(await past.newest("credentials")).toEqual(new Map());
  });

  test("of a folder is read as the newest commit of the default branch has it, with all others", async () => {
    const names = Array.from({ length: 5 }, (_, index) => `credentials/c${String(index)}.yaml`);
    commit(Object.fromEntries(names.map((name) => [name, `of ${name}`])));
    commit({ "credentials/c0.yaml": undefined, "credentials/c1.yaml": "newer", "other.yaml": "not it" });
    commit({ "credentials/c9.yaml": "of another branch" }, "other");
    const { past } = github.withPermissions();
    expect([...(await past.newest("credentials"))]).toEqual([
      ["credentials/c1.yaml", "newer"],
      ...names.slice(2).map((name) => [name, `of ${name}`]),
    ]);
    expect(await past.newest("other.yaml")).toEqual(new Map());
  });

  test("has no past where GitHub says that the repository is empty", async () => {
    const body = { message: "Git Repository is empty." };
    const server = await serve(() => ({ status: 409, body }));
    expect(await connect(server.url).past.versions("sealring.yaml")).toEqual([]);
  });

  test("has its versions of the default branch for a past, newest first", async () => {
    const path = "credentials/oura.yaml";
    for (const text of ["first", "second", undefined, "third"]) commit({ [path]: text });
    commit({ "credentials/other.yaml": "not it" });
    commit({ [path]: "of another branch" }, "other");
    const { past } = github.withPermissions();
    expect(await past.versions(path)).toEqual(["third", "second", "first"]);
    expect(await past.versions("credentials/absent.yaml")).toEqual([]);
  });

  test("needs Contents, which is said", async () => {
    commit({ "sealring.yaml": "version: 1" });
    const { settings, past } = github.withPermissions({ secrets: "write" });
    const fault = {
      code: "store_refused",
      message: expect.stringContaining('"Contents: Read-only"') as string,
    };
    await expect(settings.file("sealring.yaml")).rejects.toMatchObject(fault);
    await expect(past.versions("sealring.yaml")).rejects.toMatchObject(fault);
  });
});
