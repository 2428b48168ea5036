import { beforeEach, expect, test } from "vitest";
import type { GitHubOptions } from "../../../src/adapters/github/options.ts";
import { EVERY_PERMISSION } from "../../../src/sandbox/github/permissions.ts";
import type { Permissions } from "../../../src/sandbox/github/permissions.ts";
import { Secret } from "../../../src/secret.ts";
import { createSealer } from "../../../src/stores/sealer.ts";
import { PEM } from "./app-server.ts";
import { REPOSITORY, startSandbox } from "./on-sandbox.ts";
import type { OnSandbox } from "./on-sandbox.ts";

const ENVIRONMENT = { kind: "environment", repository: REPOSITORY, environment: "sealring" } as const;
const DESTINATION = { kind: "repository", repository: "acme/pipeline", app: "actions" } as const;
const ORGANIZATION = {
  ...({ kind: "organization", organization: "acme", app: "actions" } as const),
  ...({ visibility: "selected", repositories: ["pipeline"] } as const),
};

let github: OnSandbox;

beforeEach(async () => {
  github = await startSandbox((handler) => handler);
  github.sandbox.addRepository("acme/pipeline");
  github.sandbox.addEnvironment(REPOSITORY, "sealring");
});

/** sealring as an App that acme has installed. Its JWT is signed by this machine's clock, which is not the sandbox's. */
function signIn(
  {
    permissions = EVERY_PERMISSION,
    repositories,
  }: { permissions?: Permissions; repositories?: readonly string[] },
  changes: Partial<GitHubOptions> = {},
) {
  const chosen = repositories === undefined ? {} : { repositories };
  const request = { slug: "acme-sealring", account: "acme", permissions, privateKey: PEM, ...chosen };
  const { clientId } = github.sandbox.addApp(request).app;
  const key = { clientId, privateKey: new Secret(PEM), privateKeyName: "SEALRING_APP_KEY" };
  return github.connect({ token: key, journalToken: key, ...changes });
}

test("an App writes secrets, the journal and settings, each with a token that can do no more", async () => {
  const { stores, journal, settings } = signIn({}, { reach: [DESTINATION, ORGANIZATION] });
  const sealer = createSealer(stores);
  for (const target of [ENVIRONMENT, DESTINATION, ORGANIZATION]) {
    expect(await sealer.sealAndPut(target, "A", new Secret("value"))).toBe("created");
    expect(github.sandbox.revealSecret(target, "A")).toBe("value");
  }
  const files = new Map([["README.md", "# Status\n"]]);
  expect(await journal.swap(await journal.head(), { message: "Begin", files })).toMatchObject({
    kind: "won",
  });
  await settings.confine("sealring", "main");
  expect((await settings.environment("sealring"))?.policy.kind).toBe("patterns");
});

test("a destination that the App is not installed on fails by itself", async () => {
  const { stores } = signIn({ repositories: [REPOSITORY] }, { reach: [DESTINATION] });
  const sealer = createSealer(stores);
  await expect(sealer.sealAndPut(DESTINATION, "A", new Secret("value"))).rejects.toMatchObject({
    code: "store_refused",
  });
  expect(await sealer.sealAndPut(ENVIRONMENT, "A", new Secret("value"))).toBe("created");
});

test("what the App lacks is named when it is needed, and known before", async () => {
  const { [`secrets`]: _, ...permissions } = EVERY_PERMISSION;
  const { stores, tokens } = signIn({ permissions });
  await expect(stores.publicKey(DESTINATION)).rejects.toMatchObject({
    code: "store_refused",
    message: expect.stringContaining('"Secrets: Read-only" (repository)') as string,
  });
  const need = { permission: "secrets", level: "write", on: { repository: REPOSITORY } } as const;
  expect(await tokens.may("secrets", need)).toBe("no");
  expect(await tokens.facts("secrets")).toMatchObject({ kind: "app", expiresAt: undefined });
});

test("work that takes longer than a token's hour goes on with another", async () => {
  const { stores } = signIn({});
  for (let hour = 0; hour < 3; hour += 1) {
    await stores.publicKey(ENVIRONMENT);
    await github.clock.sleep(3_600_000);
  }
});
