import { expect, test } from "vitest";
import { findGitHubAccess } from "../../../src/adapters/github/token.ts";
import type { AccessOptions, GitHubAccess } from "../../../src/adapters/github/token.ts";
import { Secret } from "../../../src/secret.ts";

interface Setup extends Partial<
  Pick<AccessOptions, "declaredApiUrl" | "environmentApiUrl" | "app" | "runsIn">
> {
  readonly env?: Readonly<Record<string, string>>;
  readonly gh?: Readonly<Record<string, string>>;
}

async function find({ env = {}, gh = {}, ...urls }: Setup): Promise<readonly [string, string, string]> {
  const access = await findGitHubAccess({
    declaredApiUrl: undefined,
    environmentApiUrl: undefined,
    app: undefined,
    runsIn: "elsewhere",
    ...urls,
    secrets: { read: (name) => (env[name] === undefined ? undefined : new Secret(env[name])) },
    ghToken: async (host) => (gh[host] === undefined ? undefined : new Secret(gh[host])),
  });
  return [access.apiUrl, shown(access.token), shown(access.journalToken)];
}

/** A token, or what an App signs in with. */
function shown(token: GitHubAccess["token"]): string {
  if (token instanceof Secret) return token.reveal();
  return `App ${token.clientId} by ${token.privateKeyName}=${token.privateKey.reveal()}`;
}

const ALL = { SEALRING_GITHUB_TOKEN: "first", GH_TOKEN: "second", GITHUB_TOKEN: "third" };

test("the environment's tokens are taken in order, then the one that gh keeps", async () => {
  const gh = { "github.com": "kept" };
  const token = async (env: Readonly<Record<string, string>>) => (await find({ env, gh }))[1];
  expect(await token(ALL)).toBe("first");
  expect(await token({ ...ALL, SEALRING_GITHUB_TOKEN: "" })).toBe("second");
  expect(await token({ GITHUB_TOKEN: "third" })).toBe("third");
  expect(await token({})).toBe("kept");
});

test("the journal's token is its own, else the same", async () => {
  expect(await find({ env: { ...ALL, SEALRING_JOURNAL_TOKEN: "journal" } })).toEqual([
    "https://api.github.com",
    "first",
    "journal",
  ]);
  expect(await find({ env: { ...ALL, SEALRING_JOURNAL_TOKEN: "" } })).toEqual([
    "https://api.github.com",
    "first",
    "first",
  ]);
});

test("a host that sealring.yaml alone names never gets the environment's tokens", async () => {
  const declaredApiUrl = "https://evil.example.com";
  const env = { ...ALL, SEALRING_JOURNAL_TOKEN: "journal" };
  await expect(find({ declaredApiUrl, env, gh: { "github.com": "kept" } })).rejects.toMatchObject({
    code: "usage",
    hint: "run: gh auth login --hostname evil.example.com, or set GITHUB_API_URL=https://evil.example.com beside the token",
  });
  expect(await find({ declaredApiUrl, env, gh: { "evil.example.com": "theirs" } })).toEqual([
    declaredApiUrl,
    "theirs",
    "theirs",
  ]);
});

test("the environment's tokens are for GITHUB_API_URL, and with it not for api.github.com", async () => {
  const environmentApiUrl = "https://ghe.example.com/api/v3";
  expect((await find({ environmentApiUrl, env: ALL }))[1]).toBe("first");
  expect((await find({ environmentApiUrl, declaredApiUrl: `${environmentApiUrl}/`, env: ALL }))[1]).toBe(
    "first",
  );
  await expect(
    find({ environmentApiUrl, declaredApiUrl: "https://api.github.com", env: ALL }),
  ).rejects.toMatchObject({
    code: "usage",
  });
});

test("the same host under another path or port is another address", async () => {
  for (const declaredApiUrl of ["https://api.github.com:8443", "https://api.github.com/api/v3"]) {
    await expect(find({ declaredApiUrl, env: ALL })).rejects.toMatchObject({ code: "usage" });
  }
});

test("without any token the hint says both ways to one, for gh's name of the host", async () => {
  await expect(find({ environmentApiUrl: "https://api.acme.ghe.com" })).rejects.toMatchObject({
    code: "usage",
    hint: "set SEALRING_GITHUB_TOKEN, or run: gh auth login --hostname acme.ghe.com",
  });
});

test("an address that is none is refused before any token is looked for", async () => {
  await expect(find({ declaredApiUrl: "http://ghe.example.com", env: ALL })).rejects.toMatchObject({
    code: "usage",
  });
});

test("it is told where each token was found, and no more of it", async () => {
  const from = async (env: Readonly<Record<string, string>>) => {
    const secrets = { read: (name: string) => (env[name] === undefined ? undefined : new Secret(env[name])) };
    const ghToken = async () => new Secret("kept");
    const places = { declaredApiUrl: undefined, environmentApiUrl: undefined };
    const app = env["KEY"] === undefined ? undefined : APP;
    return (await findGitHubAccess({ ...places, app, runsIn: "job", secrets, ghToken })).tokenFrom;
  };
  expect(await from(ALL)).toEqual({ secrets: "SEALRING_GITHUB_TOKEN", journal: "SEALRING_GITHUB_TOKEN" });
  expect(await from({ SEALRING_JOURNAL_TOKEN: "journal" })).toEqual({
    secrets: "gh",
    journal: "SEALRING_JOURNAL_TOKEN",
  });
  expect(await from({ ...ALL, KEY: "pem" })).toEqual({
    secrets: "the GitHub App",
    journal: "the GitHub App",
  });
});

const APP = { clientId: "Iv23liExample", privateKeyName: "KEY" };
const SIGNED_IN = "App Iv23liExample by KEY=pem";

test("a declared App goes before every token, but for the journal's own", async () => {
  const env = { ...ALL, KEY: "pem" };
  expect(await find({ app: APP, env })).toEqual(["https://api.github.com", SIGNED_IN, SIGNED_IN]);
  expect(await find({ app: APP, env: { ...env, SEALRING_JOURNAL_TOKEN: "journal" } })).toEqual([
    "https://api.github.com",
    SIGNED_IN,
    "journal",
  ]);
});

test("at home, where nobody has the App's key, a person's own token stands in for it", async () => {
  expect((await find({ app: APP, gh: { "github.com": "kept" } }))[1]).toBe("kept");
  expect((await find({ app: APP, env: ALL }))[1]).toBe("first");
});

test("a job without the App's key uses no other token", async () => {
  for (const KEY of [{}, { KEY: "" }]) {
    await expect(find({ app: APP, runsIn: "job", env: { ...ALL, ...KEY } })).rejects.toMatchObject({
      code: "usage",
      message: "this job has no KEY, the private key of the GitHub App",
    });
  }
});

test("the App's key signs nothing for a host that sealring.yaml alone names", async () => {
  const declaredApiUrl = "https://evil.example.com";
  const setup = { declaredApiUrl, app: APP, runsIn: "job" as const, env: { KEY: "pem" } };
  await expect(find(setup)).rejects.toMatchObject({ code: "usage" });
  expect((await find({ ...setup, gh: { "evil.example.com": "theirs" } }))[1]).toBe("theirs");
});
