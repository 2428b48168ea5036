import { beforeEach, expect, test } from "vitest";
import { Secret } from "../../../src/secret.ts";
import { CANARIES, expectNoCanary } from "../../support/canary.ts";
import {
  askedOf,
  claimsOf,
  ELSEWHERE,
  ENVIRONMENT,
  GRANTED,
  KEY,
  mintsOf,
  ORGANIZATION,
  PEM,
  serveApp,
  signIn,
  tokenOf,
} from "./app-server.ts";
import { serve, StoppedClock } from "./server.ts";
import type { Reply } from "./server.ts";

let clock: StoppedClock;

beforeEach(() => {
  clock = new StoppedClock();
});

test("the App signs in for the repository's account, and its token is what GitHub sees", async () => {
  const server = await serveApp();
  await signIn(server).stores.publicKey(ENVIRONMENT);
  expect(askedOf(server)).toEqual([
    "GET /repos/acme/credentials/installation",
    "POST /app/installations/1/access_tokens",
    "GET /repos/acme/credentials/environments/sealring/secrets/public-key",
  ]);
  const claims = server.seen.slice(0, 2).map(claimsOf);
  for (const { iss, iat, exp } of claims) {
    expect(iss).toBe(KEY.clientId);
    expect(Number(exp) - Number(iat)).toBeLessThanOrEqual(600);
  }
  expect(server.seen[2]?.headers.authorization).toBe(`Bearer ${tokenOf(1)}`);
});

test("a key whose line breaks were written out signs as well", async () => {
  const server = await serveApp();
  const token = { ...KEY, privateKey: new Secret(PEM.replaceAll("\n", "\\n")) };
  await signIn(server, { token }).stores.publicKey(ENVIRONMENT);
  expect(server.seen.slice(0, 1).map(claimsOf)).toHaveLength(1);
});

test("a token is masked before it is used", async () => {
  const server = await serveApp();
  const masked: [string, number][] = [];
  const mask = (secret: Secret) => void masked.push([secret.reveal(), server.seen.length]);
  await signIn(server, { mask }).stores.publicKey(ENVIRONMENT);
  // After the two requests of the App itself.
  expect(masked).toEqual([[tokenOf(1), 2]]);
});

test("an organization's installation is found by its name", async () => {
  const server = await serveApp();
  await signIn(server).stores.publicKey(ORGANIZATION);
  expect(askedOf(server)[0]).toBe("GET /orgs/acme/installation");
});

test("requests at the same time share one token, and later ones until its hour is nearly over", async () => {
  const server = await serveApp();
  const { stores } = signIn(server, { clock });
  const ask = () => stores.publicKey(ENVIRONMENT);
  await Promise.all(Array.from({ length: 5 }, ask));
  await clock.sleep(49 * 60_000);
  await ask();
  expect(mintsOf(server)).toHaveLength(1);
  await clock.sleep(60_000);
  await ask();
  expect(mintsOf(server)).toHaveLength(2);
  expect(server.seen.at(-1)?.headers.authorization).toBe(`Bearer ${tokenOf(2)}`);
});

test("where the App is not installed, that is said, with the way to it; and asked again the next time", async () => {
  let isInstalled = false;
  const server = await serveApp({ lookUp: () => (isInstalled ? undefined : { status: 404 }) });
  const { stores } = signIn(server);
  await expect(stores.publicKey(ELSEWHERE)).rejects.toMatchObject({
    code: "store_refused",
    message: "the GitHub App Iv23liExample is not installed on other/app",
    hint: expect.stringContaining("install it there") as string,
  });
  isInstalled = true;
  await stores.publicKey(ELSEWHERE);
});

test.each<readonly [string, Reply, { code: string; message: string }]>([
  [
    "a key that is not the App's",
    { status: 401, body: { message: "A JSON web token could not be decoded" } },
    {
      code: "store_refused",
      message:
        "GitHub knows no App Iv23liExample with the key of SEALRING_APP_KEY, or this machine's clock is wrong",
    },
  ],
  [
    "an installation that is suspended",
    { status: 403, body: { message: "This installation has been suspended" } },
    { code: "store_refused", message: "the GitHub App's installation on acme/credentials is suspended" },
  ],
  [
    "a rate limit",
    { status: 403, headers: { "retry-after": "600" } },
    { code: "rate_limited", message: expect.any(String) as string },
  ],
  [
    "a server that fails",
    { status: 502 },
    {
      code: "transient",
      message: "GitHub failed on the installation of the GitHub App on acme/credentials (HTTP 502)",
    },
  ],
  [
    "an answer that is none",
    { status: 201, body: {} },
    { code: "transient", message: expect.any(String) as string },
  ],
])("%s is told as such", async (_, reply, fault) => {
  const server = await serveApp({ mint: () => reply });
  const failure: unknown = await signIn(server)
    .stores.publicKey(ENVIRONMENT)
    .catch((error: unknown) => error);
  expect(failure).toMatchObject(fault);
  expectNoCanary(JSON.stringify(failure));
});

test.each(["", "not a key", CANARIES.clientSecret])(
  "a key that is none is told without its value (%#)",
  async (text) => {
    const server = await serveApp();
    const token = { ...KEY, privateKey: new Secret(text) };
    const failure = await signIn(server, { token })
      .stores.publicKey(ENVIRONMENT)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: "usage",
      message: "the value of SEALRING_APP_KEY is no private key of a GitHub App",
    });
    expect(server.seen).toEqual([]);
  },
);

test("a machine whose clock is wrong signs again by GitHub's", async () => {
  const ahead = new Date(Date.now() - 3_600_000);
  let refused = 0;
  const server = await serveApp({
    lookUp() {
      refused += 1;
      if (refused > 1) return undefined;
      const message = "'Expiration time' claim ('exp') is too far in the future";
      return { status: 401, body: { message }, headers: { date: ahead.toUTCString() } };
    },
  });
  await signIn(server).stores.publicKey(ENVIRONMENT);
  const [first, second] = server.seen.slice(0, 2).map((one) => Number(claimsOf(one)["iat"]));
  expect((first ?? 0) - (second ?? 0)).toBeGreaterThan(3_500);
});

test("the journal's own token leaves the App to the secrets", async () => {
  const server = await serveApp();
  const github = signIn(server, { journalToken: new Secret("of-the-job") });
  await github.journal.head();
  expect(server.seen[0]?.headers.authorization).toBe("Bearer of-the-job");
  expect(mintsOf(server)).toEqual([]);
});

test("an App never expires by itself, and GitHub's clock is heard", async () => {
  const server = await serve(({ target }) => {
    const date = "Sun, 22 Nov 2026 11:58:00 GMT";
    if (target.endsWith("/installation")) return { status: 200, body: { id: 1, permissions: GRANTED } };
    if (target.endsWith("/access_tokens")) return { status: 201, body: { token: tokenOf(1) } };
    return { status: 200, body: {}, headers: { date } };
  });
  expect(await signIn(server).tokens.facts("secrets")).toEqual({
    kind: "app",
    expiresAt: undefined,
    serverTime: new Date("2026-11-22T11:58:00Z"),
  });
});

test("an App on an Enterprise Server signs in under its path", async () => {
  const server = await serveApp();
  await signIn({ ...server, url: `${server.url}/api/v3` }).stores.publicKey(ENVIRONMENT);
  expect(askedOf(server).slice(0, 2)).toEqual([
    "GET /api/v3/repos/acme/credentials/installation",
    "POST /api/v3/app/installations/1/access_tokens",
  ]);
  expect(server.seen.slice(0, 1).map(claimsOf)).toHaveLength(1);
});
