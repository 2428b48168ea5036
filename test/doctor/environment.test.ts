import { describe, expect, it, test } from "vitest";
import { environmentChecks, judgePolicy } from "../../src/doctor/environment.ts";
import { perform } from "../../src/doctor/finding.ts";
import { SealringError } from "../../src/errors.ts";
import type { SecretStore } from "../../src/github.ts";
import type {
  DeploymentPolicy,
  EnvironmentFacts,
  RepositoryFacts,
  Settings,
} from "../../src/github-settings.ts";
import { aSubject, NOW } from "./subject.ts";
import type { Setting } from "./subject.ts";

const MAIN = { id: 1, name: "main", type: "branch" } as const;
const CONFINED: EnvironmentFacts = { policy: { kind: "patterns", patterns: [MAIN] }, gates: [] };
const PUBLIC: RepositoryFacts = { defaultBranch: "main", visibility: "public", archived: false };

interface Scene {
  readonly repository?: Partial<RepositoryFacts>;
  readonly environment?: Settings["environment"];
  readonly secrets?: readonly string[];
}

async function examine(scene: Scene, setting: Setting = {}) {
  const { environment = async () => CONFINED, secrets = ["SEALRING_GITHUB_TOKEN"] } = scene;
  const settings = { repository: async () => ({ ...PUBLIC, ...scene.repository }), environment } as Settings;
  const room = async () => ({
    secrets: secrets.map((name) => ({ name, updatedAt: NOW })),
    requestsLeft: undefined,
  });
  const stores: Partial<SecretStore> = { room };
  const subject = aSubject({ ...setting, github: { settings, stores: stores as SecretStore } });
  return (await Promise.all(environmentChecks(subject).map(perform))).flat();
}

test("one that is open to the default branch alone and holds the token is in order", async () => {
  expect(await examine({})).toEqual([
    { kind: "ok", about: "repository", found: "acme/credentials: public, default branch main" },
    { kind: "ok", about: "environment", found: "sealring: open to main only" },
    { kind: "ok", about: "environment", found: "sealring: holds SEALRING_GITHUB_TOKEN" },
  ]);
});

describe("the secrets are safe only where the policy is the default branch alone:", () => {
  it.each<[string, DeploymentPolicy, RegExp]>([
    ["all branches", { kind: "all" }, /every branch/],
    ["protected branches", { kind: "protected" }, /every protected branch/],
    ["no branch", { kind: "patterns", patterns: [] }, /no branch at all/],
    ["another branch", { kind: "patterns", patterns: [{ ...MAIN, name: "dev" }] }, /branch dev can/],
    [
      "a pattern that fits it and others",
      { kind: "patterns", patterns: [{ ...MAIN, name: "m*" }] },
      /branch m\* can/,
    ],
    ["a tag of its name", { kind: "patterns", patterns: [{ ...MAIN, type: "tag" }] }, /tag main can/],
    [
      "it and another",
      { kind: "patterns", patterns: [MAIN, { ...MAIN, name: "dev" }] },
      /branch main, branch dev can/,
    ],
  ])("%s", (_, policy, found) => {
    expect(judgePolicy("sealring", policy, PUBLIC)).toEqual({
      kind: "failure",
      about: "environment",
      found: expect.stringMatching(found) as string,
      fix: "run: sealring apply",
    });
  });

  it("which a private repository has on some plans only", () => {
    const { fix } = judgePolicy("sealring", { kind: "all" }, { ...PUBLIC, visibility: "private" }) as {
      fix?: string;
    };
    expect(fix).toMatch(/GitHub Pro, Team or Enterprise/);
  });
});

test("one that is missing is made by apply, or in the settings of the repository", async () => {
  const [, finding] = await examine({ environment: async () => undefined });
  expect(finding).toEqual({
    kind: "failure",
    about: "environment",
    found: "GitHub finds no environment sealring in acme/credentials",
    fix: "run: sealring apply, or make it: https://github.com/acme/credentials/settings/environments",
  });
  const repository = { visibility: "internal" } as const;
  const [, elsewhere] = await examine({ repository, environment: async () => undefined });
  expect(elsewhere?.found).toMatch(/GitHub Pro, Team or Enterprise only$/);
});

test("what GitHub refuses is told as it says", async () => {
  const refused = new SealringError("store_refused", "GitHub refuses the environment", { hint: "upgrade" });
  const [, finding] = await examine({ environment: () => Promise.reject(refused) });
  expect(finding).toEqual({
    kind: "failure",
    about: "environment",
    found: "GitHub refuses the environment",
    fix: "upgrade",
  });
});

test.each([
  ["required_reviewers", "failure", "sealring: every scheduled job waits for required reviewers"],
  ["wait_timer", "warning", "sealring: every scheduled job waits for wait timer"],
])("a gate, %s, is a %s", async (gate, kind, found) => {
  const [, , finding] = await examine({ environment: async () => ({ ...CONFINED, gates: [gate] }) });
  expect(finding).toMatchObject({
    kind,
    found,
    fix: expect.stringContaining("/settings/environments") as string,
  });
});

describe("what the workflow signs in with is a secret of the environment:", () => {
  it("a token", async () => {
    const [, , finding] = await examine({ secrets: ["OTHER"] });
    expect(finding).toMatchObject({
      kind: "failure",
      fix: "run: gh secret set SEALRING_GITHUB_TOKEN --env sealring --repo acme/credentials",
    });
  });

  const project = "version: 1\ngithub: { app: { client_id: Iv23abc, private_key: SEALRING_APP_KEY } }\n";

  it("the key of the App, where one is declared", async () => {
    const [, , finding] = await examine({}, { project });
    expect(finding).toMatchObject({
      kind: "failure",
      fix: "run: gh secret set SEALRING_APP_KEY --env sealring --repo acme/credentials < key.pem",
    });
    expect((await examine({ secrets: ["SEALRING_APP_KEY"] }, { project }))[2]).toMatchObject({ kind: "ok" });
  });
});

test("every environment that holds envelopes is looked at", async () => {
  const seen: string[] = [];
  const environment = async (name: string) => {
    seen.push(name);
    return CONFINED;
  };
  await examine({ environment }, { more: "environment: second\n" });
  expect(seen).toEqual(["second"]);
});

test("envelopes among the repository's secrets are discouraged", async () => {
  const found = await examine({}, { project: "version: 1\nenvironment: null\n" });
  expect(found.map(({ kind }) => kind)).toEqual(["ok", "warning", "ok"]);
});

test("without an environment, a token may still come from the organization", async () => {
  const found = await examine({ secrets: [] }, { project: "version: 1\nenvironment: null\n" });
  expect(found.at(-1)).toMatchObject({
    kind: "warning",
    found: expect.stringContaining("SEALRING_GITHUB_TOKEN") as string,
    fix: "run: gh secret set SEALRING_GITHUB_TOKEN --repo acme/credentials",
  });
});

test("a client secret that an authorized credential lacks is told of", async () => {
  const found = await examine({ secrets: ["SEALRING_GITHUB_TOKEN", "SEALRING_CREDENTIAL_OURA"] });
  expect(found.at(-1)).toMatchObject({
    kind: "failure",
    fix: "run: gh secret set OURA_CLIENT_SECRET --env sealring --repo acme/credentials",
  });
});

test("nothing runs in a repository that is archived", async () => {
  const [finding] = await examine({ repository: { archived: true } });
  expect(finding).toMatchObject({
    kind: "failure",
    fix: "unarchive it: https://github.com/acme/credentials/settings",
  });
});
