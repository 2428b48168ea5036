import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { connectGitHub } from "../../src/adapters/github/connect.ts";
import { DirectoryFiles } from "../../src/adapters/files.ts";
import { loadDeclarations } from "../../src/declaration/load.ts";
import { Secret } from "../../src/secret.ts";
import { EVERY_PERMISSION } from "../../src/sandbox/github/permissions.ts";
import { createSealer } from "../../src/stores/sealer.ts";
import { generateWorkflows } from "../../src/workflow/generate.ts";
import { REPOSITORY } from "../support/cli-setting.ts";
import { ENVELOPES, STATE_BRANCH, World } from "../support/cli-world.ts";
import { authorizeHere } from "../support/here.ts";
import { documentOf } from "../support/cli.ts";
import type { Ended } from "../support/cli.ts";

/** The repository as it is a day after somebody set it up: all is well. */
async function setUp(world: World): Promise<void> {
  const { github } = world;
  const token = new Secret(world.githubToken);
  const { settings, stores } = connectGitHub({
    ...{ apiUrl: world.apiUrl, repository: REPOSITORY, stateBranch: STATE_BRANCH },
    ...{ token, journalToken: token, version: "0.0.0", clock: world.clock, env: {} },
  });
  const { defaultBranch } = await settings.repository();
  await settings.confine("sealring", defaultBranch);
  await createSealer(stores).sealAndPut(ENVELOPES, "SEALRING_GITHUB_TOKEN", token);
  github.commit(REPOSITORY, {
    branch: defaultBranch,
    files: { ...workflowsOf(world), ".github/actions/sealring/action.yml": "name: sealring\n" },
    message: "Set up",
  });
  const run = github.runs.trigger(REPOSITORY, { workflowFile: "sealring.yml", event: "schedule" });
  if (run !== undefined) github.runs.end(run);
}

/** What `apply` would have written, by path. */
function workflowsOf({ directory }: World): Readonly<Record<string, string>> {
  const files = new DirectoryFiles(`${directory}/repository`);
  const { project, credentials } = loadDeclarations(files, {
    paths: [],
    environment: { repository: REPOSITORY },
  });
  const generated = generateWorkflows({ project, repository: REPOSITORY, credentials });
  return Object.fromEntries(generated.map(({ path, text }) => [path, text]));
}

/** A permission to write is found out by sending what GitHub refuses even from those who have it. */
const ASKING =
  /^(issues\/create: the body is missing|(actions|repos)\/[a-z-]+: body is (missing|invalid: \/encrypted_value .*)|repos\/replace-all-topics: the body is missing)$/;

/** `doctor`, and what it sends must otherwise be as GitHub describes it. */
async function examine(world: World, { env = world.person(), options = ["--json"] } = {}): Promise<Ended> {
  const ended = await world.run(["doctor", ...options], env);
  const others = world.violations.splice(0).filter((violation) => !ASKING.test(violation));
  world.violations.push(...others);
  return ended;
}

function findingsOf(ended: Ended): readonly string[] {
  return documentOf(ended).results.map(({ check, outcome }) => `${String(check)}: ${String(outcome)}`);
}

it("finds nothing amiss where all is well, and changes nothing", async (test) => {
  const world = await World.forTest(test);
  await setUp(world);
  await authorizeHere(world);
  const before = [world.github.revealSecrets(ENVELOPES), world.github.commits(REPOSITORY, STATE_BRANCH)];
  const ended = await examine(world);
  expect(documentOf(ended).results.filter(({ outcome }) => outcome !== "ok")).toMatchObject([
    { check: "permissions", outcome: "skipped", found: expect.stringContaining("Workflows") as string },
    { check: "job", outcome: "skipped" },
  ]);
  expect(ended).toMatchObject({ exit: 0, stderr: "" });
  expect([world.github.revealSecrets(ENVELOPES), world.github.commits(REPOSITORY, STATE_BRANCH)]).toEqual(
    before,
  );
});

it("reads in 80 columns, and in ASCII", async (test) => {
  const world = await World.forTest(test);
  const { exit, stdout } = await examine(world, { options: [] });
  expect(exit).toBe(4);
  expect(stdout).toMatch(/^FAIL {2}workflow +sealring\.yml is not on the default branch$/m);
  for (const line of stdout.split("\n"))
    expect(line.length <= 80 || !line.trim().includes(" "), line).toBe(true);
  // eslint-disable-next-line no-control-regex -- that it is plain
  expect(stdout).toMatch(/^[\x0a\x20-\x7e]*$/);
});

it("names each permission that a token lacks, and asks without changing anything", async (test) => {
  const world = await World.forTest(test);
  await setUp(world);
  const permissions = { ...EVERY_PERMISSION, secrets: "read", issues: "read" } as const;
  const { value } = world.github.addToken({
    kind: "personal",
    login: "ada",
    permissions,
    repositories: "all",
  });
  world.sightings.add(value);
  const ended = await examine(world, { env: { ...world.person(), SEALRING_GITHUB_TOKEN: value } });
  const failures = documentOf(ended).results.filter(({ outcome }) => outcome === "failure");
  expect(failures.map(({ found }) => found)).toEqual([
    `the token lacks "Secrets: Read and write" (repository) on ${REPOSITORY}, to publish to actions secrets of ${REPOSITORY}`,
    `the token lacks "Issues: Read and write" (repository) on ${REPOSITORY}, to tell owners`,
  ]);
  expect(ended.exit).toBe(4);
});

it("tells of an environment that is open to every branch, and of a workflow that is not on the default branch", async (test) => {
  const world = await World.forTest(test);
  const ended = await examine(world);
  expect(findingsOf(ended)).toEqual(
    expect.arrayContaining(["environment: failure", "workflow: failure", "provider: ok", "token: ok"]),
  );
  expect(ended.exit).toBe(4);
});

it("looks at what it can without a token", async (test) => {
  const world = await World.forTest(test);
  const { SEALRING_GITHUB_TOKEN: _, ...env } = world.person();
  const ended = await examine(world, { env });
  expect(findingsOf(ended)).toEqual(["Node.js: ok", "token: failure", "redirect: ok", "provider: ok"]);
});

it("a provider that is down is nobody's fault here", async (test) => {
  const world = await World.forTest(test);
  await setUp(world);
  await world.stopAuthorizationServer();
  const ended = await examine(world);
  expect(findingsOf(ended)).toContain("provider: unreachable");
  expect(ended.exit).toBe(3);
});

it("in a job no port is tried", async (test) => {
  const world = await World.forTest(test);
  await setUp(world);
  const ended = await examine(world, { env: world.job().env });
  expect(findingsOf(ended)).toEqual(expect.arrayContaining(["redirect: skipped", "job: ok"]));
  expect(ended.exit).toBe(0);
});

it("tells of one credential what its server publishes otherwise", async (test) => {
  const world = await World.forTest(test);
  await setUp(world);
  expect(findingsOf(await examine(world, { options: ["oura", "--json"] }))).toEqual(
    expect.arrayContaining(["discovery: ok", "endpoint: ok", "redirect: ok", "workflow: ok"]),
  );
  const path = `${world.directory}/repository/credentials/oura.yaml`;
  world.write(
    "credentials/oura.yaml",
    readFileSync(path, "utf8").replace("/oauth-revoke", "/oauth-revoke-v1"),
  );
  const { exit, stdout } = await examine(world, { options: ["oura"] });
  expect(stdout).toMatch(/^warn {2}discovery +revocation_endpoint:$/m);
  expect(stdout).toContain("sealring authorize oura");
  expect(exit).toBe(0);
});
