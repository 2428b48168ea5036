import { beforeEach, describe, expect, test } from "vitest";
import type { SealringError } from "../../../src/errors.ts";
import type { PermissionNeed, TokenPermission } from "../../../src/github-settings.ts";
import { EVERY_PERMISSION } from "../../../src/sandbox/github/permissions.ts";
import { Secret } from "../../../src/secret.ts";
import { REPOSITORY, startSandbox } from "./on-sandbox.ts";
import type { OnSandbox } from "./on-sandbox.ts";
import { connect, serve } from "./server.ts";
import type { Reply } from "./server.ts";

const WORKFLOW = ".github/workflows/sealring.yml";
const PERMISSIONS: readonly TokenPermission[] = [
  ...(["actions", "administration", "contents", "environments", "issues", "secrets"] as const),
  ...(["dependabot_secrets", "codespaces_secrets", "organization_secrets"] as const),
  ...(["organization_dependabot_secrets", "organization_codespaces_secrets"] as const),
];

let github: OnSandbox;

beforeEach(async () => {
  // Not held to GitHub's description: what is tried out is not what it takes.
  github = await startSandbox((handler) => handler);
  github.sandbox.addEnvironment(REPOSITORY, "sealring");
  const files = { [WORKFLOW]: "on: workflow_dispatch\njobs: {}\n" };
  github.sandbox.commit(REPOSITORY, { branch: "main", files, message: "Add the workflow" });
});

function needOf(permission: TokenPermission, level: "read" | "write" = "write"): PermissionNeed {
  const on = permission.startsWith("organization_") ? { organization: "acme" } : { repository: REPOSITORY };
  return { permission, level, on };
}

/** All that trying a permission out could leave behind. */
function traces(): unknown {
  const { issues, refs, runs, environments } = github.sandbox.repository(REPOSITORY);
  const target = { kind: "environment", repository: REPOSITORY, environment: "sealring" } as const;
  const repository = { kind: "repository", repository: REPOSITORY, app: "actions" } as const;
  const secrets = [target, repository].map((store) => [...github.sandbox.revealSecrets(store).keys()]);
  return {
    issues: issues.length,
    refs: [...refs],
    runs: runs.size,
    environments: [...environments.keys()],
    secrets,
  };
}

describe.each(PERMISSIONS)("%s", (permission) => {
  test("is found where it is, and changes nothing", async () => {
    const { tokens } = github.withPermissions();
    const before = traces();
    expect(await tokens.may("secrets", needOf(permission))).toBe("yes");
    expect(traces()).toEqual(before);
  });

  test("is missed where all the others are", async () => {
    const { [permission]: _, ...others } = EVERY_PERMISSION;
    // What it is tried out on has to be found first.
    const { tokens } = github.withPermissions(
      permission === "actions" ? { ...others, actions: "read" } : others,
    );
    expect(await tokens.may("journal", needOf(permission))).toBe("no");
  });
});

/** GitHub asks even readers of codespaces' secrets for more, and the sandbox knows nothing that Administration lets read. */
const READABLE = PERMISSIONS.filter((each) => each !== "administration" && each !== "codespaces_secrets");

test.each(READABLE)("%s to read is told from none", async (permission) => {
  const only = { actions: "read", [permission]: "read" } as const;
  const need = needOf(permission, "read");
  expect(await github.withPermissions(only).tokens.may("secrets", need)).toBe("yes");
  expect(await github.withPermissions({ metadata: "read" }).tokens.may("secrets", need)).not.toBe("yes");
});

test("a repository that the token was not given is no place for any permission", async () => {
  const { tokens } = github.withToken({ repositories: ["acme/other"] });
  expect(await tokens.may("secrets", needOf("secrets"))).toBe("no");
  expect(await tokens.may("secrets", needOf("contents"))).toBe("no");
});

test("where there is no environment and no workflow, nothing can be tried out", async () => {
  github.sandbox.addRepository("acme/bare").workflows.length = 0;
  const { tokens } = github.withPermissions();
  for (const permission of ["environments", "actions"] as const) {
    const need = { permission, level: "write", on: { repository: "acme/bare" } } as const;
    expect(await tokens.may("secrets", need)).toBe("unknown");
  }
});

test("of writing workflow files the scopes alone tell, where a token has some", async () => {
  const may = (kind: "classic" | "oauth" | "personal", scopes: readonly string[]) =>
    github.withToken({ kind, scopes }).tokens.may("secrets", needOf("workflows"));
  expect(await may("classic", ["repo", "workflow"])).toBe("yes");
  expect(await may("oauth", ["repo"])).toBe("no");
  expect(await may("personal", [])).toBe("unknown");
});

test("a classic token with the scope may, and one without does not even see the repository", async () => {
  const may = (scopes: readonly string[]) =>
    github.withToken({ kind: "classic", scopes }).tokens.may("secrets", needOf("secrets"));
  expect(await may(["repo"])).toBe("yes");
  expect(await may(["workflow"])).toBe("no");
});

test.each<readonly [string, Reply, string]>([
  ["a dead token", { status: 401 }, "store_refused"],
  ["a rate limit", { status: 403, headers: { "retry-after": "600" } }, "rate_limited"],
  ["single sign-on", { status: 403, headers: { "x-github-sso": "required" } }, "store_refused"],
  ["a server that fails", { status: 500 }, "transient"],
  ["no answer", "reset", "transient"],
])("%s is no word on a permission", async (_, reply, code) => {
  const server = await serve(() => reply);
  const { tokens } = connect(server.url);
  await expect(tokens.may("secrets", needOf("secrets"))).rejects.toMatchObject({ code });
});

test("issues that are turned off are no permission, but told as what they are", async () => {
  const server = await serve(() => ({ status: 410, body: { message: "Issues has been disabled" } }));
  await expect(connect(server.url).tokens.may("journal", needOf("issues"))).rejects.toMatchObject({
    code: "store_refused",
    message: `the issues of ${REPOSITORY} are disabled, so nobody is told there`,
  });
});

test.each([
  ["contents", "unknown"],
  ["administration", "transient"],
] as const)("a conflict is no word on %s", async (permission, known) => {
  const server = await serve(() => ({ status: 409, body: { message: "Git Repository is empty." } }));
  const asked = connect(server.url).tokens.may("journal", needOf(permission));
  expect(await asked.catch((error: unknown) => (error as SealringError).code)).toBe(known);
});

test.each([
  ["personal", "fine_grained"],
  ["classic", "classic"],
  ["oauth", "oauth"],
  ["installation", "app"],
  ["actions", "actions"],
] as const)("a token of the kind %s is known", async (kind, known) => {
  const login = kind === "actions" ? "github-actions[bot]" : "acme-sealring[bot]";
  const { tokens } = github.withToken({ kind, login });
  expect((await tokens.facts("secrets")).kind).toBe(known);
});

test("GitHub says when a token ends, and what time it is", async () => {
  const expiresAt = new Date("2026-12-24T18:00:00Z");
  expect(await github.withToken({ expiresAt }).tokens.facts("journal")).toEqual({
    kind: "fine_grained",
    expiresAt,
    serverTime: github.clock.now(),
  });
  expect((await github.withToken({}).tokens.facts("journal")).expiresAt).toBeUndefined();
});

test("each use is asked about with its own token", async () => {
  const token = new Secret(github.sandbox.addToken({ ...request("personal") }).value);
  const journalToken = new Secret(github.sandbox.addToken({ ...request("actions") }).value);
  const { tokens } = github.connect({ token, journalToken });
  expect((await tokens.facts("secrets")).kind).toBe("fine_grained");
  expect((await tokens.facts("journal")).kind).toBe("actions");
});

function request(kind: "personal" | "actions") {
  const login = kind === "actions" ? "github-actions[bot]" : "octocat";
  return { kind, login, permissions: EVERY_PERMISSION, repositories: "all" } as const;
}

test("a dead token is told as such", async () => {
  const { tokens } = github.connect({ token: new Secret("github_pat_dead") });
  await expect(tokens.facts("secrets")).rejects.toMatchObject({
    code: "store_refused",
    message: "GitHub does not know the token: it is wrong, expired or revoked",
  });
});
