import { inspect } from "node:util";
import { expect, test } from "vitest";
import type { SealringError } from "../../../src/errors.ts";
import type { GitHub, StoreTarget } from "../../../src/github.ts";
import { Secret } from "../../../src/secret.ts";
import { expectNoCanary } from "../../support/canary.ts";
import { connect, serve, StoppedClock } from "./server.ts";
import type { Reply } from "./server.ts";

const ENVIRONMENT: StoreTarget = {
  kind: "environment",
  repository: "acme/credentials",
  environment: "prod eu",
};
const REPOSITORY: StoreTarget = { kind: "repository", repository: "acme/app", app: "dependabot" };

/** Whatever GitHub says in prose, nothing of it may come through. */
const PROSE = "Prose with ghs_leak ::error::";

async function failureOf(reply: Reply, target: StoreTarget = ENVIRONMENT): Promise<SealringError> {
  const server = await serve(() => reply);
  const failure = await connect(server.url)
    .stores.publicKey(target)
    .then(
      () => undefined,
      (error: unknown) => error as SealringError,
    );
  if (failure === undefined) throw new Error("GitHub refused, and nothing was thrown");
  const shown = inspect(failure, { depth: null, showHidden: true });
  expectNoCanary(shown);
  expect(shown).not.toContain("ghs_leak");
  return failure;
}

test("a 403 names the missing permission as GitHub's settings page does, and where to give it", async () => {
  const failure = await failureOf({
    status: 403,
    body: { message: PROSE },
    headers: { "x-accepted-github-permissions": "environments=write" },
  });
  expect(failure.code).toBe("store_refused");
  expect(failure.message).toBe(
    'the token may not use the environment prod eu of acme/credentials; it needs the permission "Environments: Read and write" (repository)',
  );
  expect(failure.hint).toContain("/settings/personal-access-tokens");
  expect(failure.hint).toContain("GITHUB_TOKEN can never write secrets");
});

test("alternatives and sets of permissions are told apart", async () => {
  const headers = {
    "x-accepted-github-permissions": "organization_dependabot_secrets=read; metadata=read,contents=write",
  };
  const { message } = await failureOf({ status: 403, headers });
  expect(message).toContain(
    '"Dependabot secrets: Read-only" (organization) or "Metadata: Read-only" (repository) and "Contents: Read and write" (repository)',
  );
});

test("a classic token is told the scope that it lacks", async () => {
  const { message } = await failureOf({ status: 403, headers: { "x-accepted-oauth-scopes": "repo" } });
  expect(message).toContain("it needs the scope repo");
});

test("a header in other characters than permissions have is not repeated", async () => {
  const { message } = await failureOf({
    status: 403,
    headers: {
      "x-accepted-github-permissions": "::error::ghs_leak",
      "x-accepted-oauth-scopes": "<ghs_leak>",
    },
  });
  expect(message).toBe("the token may not use the environment prod eu of acme/credentials");
});

test("a 404 on an environment says how to create it", async () => {
  const failure = await failureOf({ status: 404, body: { message: "Not Found" } });
  expect(failure.code).toBe("store_refused");
  expect(failure.message).toContain("the environment may not exist yet");
  expect(failure.hint).toContain("gh api -X PUT repos/acme/credentials/environments/prod%20eu");
});

test("a 404 on a repository says that the token may not see it", async () => {
  const failure = await failureOf({ status: 404 }, REPOSITORY);
  expect(failure.message).toBe(
    "GitHub finds no dependabot secrets of acme/app: it does not exist, or the token may not see it",
  );
});

test("a 401 brings the limits of a stranger, which are not the token's", async () => {
  const reset = String(new StoppedClock().now().getTime() / 1_000 + 1_800);
  const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
  const server = await serve(() => ({ status: 401, body: {}, headers }));
  const { stores } = connect(server.url);
  const target = { kind: "repository", repository: "acme/app", app: "actions" } as const;
  for (const asked of [stores.publicKey(target), stores.room(target)]) {
    await expect(asked).rejects.toMatchObject({ code: "store_refused" });
  }
  await expect(stores.room(target)).rejects.toMatchObject({ code: "store_refused" });
});

test("a 401 says that the token is bad and how to get another", async () => {
  const failure = await failureOf({ status: 401, body: { message: PROSE } });
  expect(failure).toMatchObject({ code: "store_refused" });
  expect(failure.hint).toMatch(/SEALRING_GITHUB_TOKEN.*gh auth login --hostname 127\.0\.0\.1/);
});

test("single sign-on is named without the link that GitHub sends, which holds a token", async () => {
  const sso = "required; url=https://github.com/orgs/acme/sso?authorization_request=ghs_leak";
  const failure = await failureOf({ status: 403, headers: { "x-github-sso": sso } });
  expect(failure.message).toContain("single sign-on");
  expect(failure.hint).toContain("Configure SSO");
});

test.each<readonly [string, Reply]>([
  ["429", { status: 429, headers: { "retry-after": "600" } }],
  ["a 403 with retry-after", { status: 403, headers: { "retry-after": "30" } }],
  [
    "a 403 with nothing left",
    { status: 403, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1800000000" } },
  ],
  [
    "a 403 that says so alone",
    { status: 403, body: { message: "You have exceeded a secondary rate limit." } },
  ],
])("%s is rate_limited", async (_, reply) => {
  expect(await failureOf(reply)).toMatchObject({ code: "rate_limited" });
});

test("what else GitHub refuses is refused in its number alone", async () => {
  const failure = await failureOf({ status: 418, body: { message: PROSE } });
  expect(failure).toMatchObject({
    code: "store_refused",
    hint: expect.stringContaining("compare the names") as string,
  });
  expect(failure.message).toContain("HTTP 418");
});

test("a token that is out of requests is out of them for the journal too, and another token is not", async () => {
  const limited: Reply = { status: 429, headers: { "retry-after": "600" } };
  const server = await serve(({ method }) => (method === "PUT" ? limited : { status: 404 }));
  const put = (github: GitHub) => github.stores.put(ENVIRONMENT, "A", { keyId: "k", ciphertext: "" });
  const shared = connect(server.url);
  await expect(put(shared)).rejects.toMatchObject({ code: "rate_limited" });
  await expect(shared.journal.head()).rejects.toMatchObject({ code: "rate_limited" });
  const apart = connect(server.url, { journalToken: new Secret("another") });
  await expect(put(apart)).rejects.toMatchObject({ code: "rate_limited" });
  expect((await apart.journal.head()).commit).toBeUndefined();
  expect(server.seen.map(({ method }) => method)).toEqual(["PUT", "PUT", "GET"]);
});
