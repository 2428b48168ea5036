import { describe, expect, test } from "vitest";
import { faultsOf, rulesOf } from "../examples.ts";

type Change = Readonly<Record<string, string>>;

/** What is changed, the rule that is broken, and where: line and column. */
const BROKEN: readonly (readonly [
  what: string,
  change: Change,
  rule: string,
  line: number,
  column: number,
])[] = [
  ["an unknown key", { x: "scops: []" }, "unknown-key", 9, 1],
  ["an unknown key inside", { client: "client: { id: a, secrt: B }" }, "unknown-key", 5, 18],
  ["a missing key", { grant: "" }, "missing-key", 1, 1],
  ["a missing key inside", { client: "client: { secret: A }" }, "missing-key", 5, 1],
  ["a number for text", { owner: "owner: 1" }, "wrong-type", 9, 8],
  ["text for a list", { scopes: "scopes: daily" }, "wrong-type", 6, 9],
  ["a list for a provider", { provider: "provider: [oura]" }, "wrong-type", 3, 11],
  ["no value", { grant: "grant:" }, "wrong-type", 4, 7],
  ["another version", { version: "version: 2" }, "unknown-value", 1, 10],
  ["an unknown grant", { grant: "grant: password" }, "unknown-value", 4, 8],
  ["an unknown field", { outputs: "outputs: { A: acces_token }" }, "unknown-value", 8, 15],
  ["no outputs", { outputs: "outputs: {}" }, "too-few", 8, 10],
  ["no destinations", { x: "destinations: []" }, "too-few", 9, 15],
  ["a refresh token as output", { outputs: "outputs: { A: refresh_token }" }, "refresh-token-output", 8, 15],
  ["an output's bad name", { outputs: "outputs: { 1A: access_token }" }, "secret-name", 8, 12],
  ["an output with a hyphen", { outputs: "outputs: { A-B: access_token }" }, "secret-name", 8, 12],
  ["an output of GitHub's", { outputs: "outputs: { github_a: access_token }" }, "secret-name", 8, 12],
  ["an output of ours", { outputs: "outputs: { Sealring_A: access_token }" }, "reserved-name", 8, 12],
  ["a client secret of ours", { client: "client: { id: a, secret: SEALRING_A }" }, "reserved-name", 5, 26],
  ["a literal client secret", { client: "client: { id: a, secret: s3cr3t }" }, "literal-secret", 5, 26],
  ["a secret's key", { x: "access_token: abc" }, "literal-secret", 9, 1],
  ["a token in a comment", { x: `# ghp_${"a1".repeat(18)}` }, "literal-secret", 9, 3],
  ["another name than the file's", { name: "name: ouro" }, "credential-name", 2, 7],
  ["a name with _", { name: "name: a_b" }, "credential-name", 2, 7],
  ["a name with two hyphens", { name: "name: a--b" }, "credential-name", 2, 7],
  ["a name of 65 characters", { name: `name: ${"a".repeat(65)}` }, "credential-name", 2, 7],
  ["an unknown provider", { provider: "provider: ouraa" }, "unknown-provider", 3, 11],
  ["a key of every object as provider", { provider: "provider: constructor" }, "unknown-provider", 3, 11],
  ["an unknown scope", { scopes: "scopes: [personal, dayly]" }, "unknown-scope", 6, 20],
  ["a key of every object as scope", { scopes: "scopes: [toString]" }, "unknown-scope", 6, 10],
  ["a scope twice", { scopes: "scopes: [daily, daily]" }, "duplicate-scope", 6, 17],
  [
    "a scope twice, once with the prefix",
    { scopes: "scopes: [daily, extapi:daily]" },
    "duplicate-scope",
    6,
    17,
  ],
  ["two scopes in one", { scopes: 'scopes: ["daily tag"]' }, "bad-value", 6, 10],
  ["a grant that is not offered", { grant: "grant: device_code" }, "unsupported-grant", 4, 8],
  ["a duration without unit", { x: 'refresh: { margin: "8" }' }, "bad-value", 9, 20],
  ["a duration of nothing", { x: "refresh: { margin: 0h }" }, "bad-value", 9, 20],
  ["a bad repository", { x: "destinations: [{ repository: acme }]" }, "bad-value", 9, 30],
  ["a repository outside", { x: "destinations: [{ repository: acme/.. }]" }, "bad-value", 9, 30],
  ["an empty destination", { x: "destinations: [{}]" }, "destination", 9, 16],
  [
    "repository and organization",
    { x: "destinations: [{ repository: a/b, organization: c }]" },
    "destination",
    9,
    16,
  ],
  [
    "an organization's environment",
    { x: "destinations: [{ organization: a, environment: b }]" },
    "destination",
    9,
    16,
  ],
  [
    "a repository's visibility",
    { x: "destinations: [{ repository: a/b, visibility: all }]" },
    "destination",
    9,
    16,
  ],
  [
    "repositories unselected",
    { x: "destinations: [{ organization: a, repositories: [b] }]" },
    "destination",
    9,
    16,
  ],
  [
    "selected, but none",
    { x: "destinations: [{ organization: a, visibility: selected }]" },
    "missing-key",
    9,
    16,
  ],
  [
    "an environment for Dependabot",
    { x: "destinations: [{ repository: a/b, environment: c, app: dependabot }]" },
    "destination",
    9,
    56,
  ],
  [
    "repositories of all",
    { x: "destinations: [{ organization: a, visibility: all, repositories: [b] }]" },
    "destination",
    9,
    47,
  ],
  [
    "a destination twice",
    { x: "destinations: [{ repository: a/b }, { repository: A/B }]" },
    "duplicate-destination",
    9,
    37,
  ],
  ["plain http", { provider: "provider: { issuer: http://a.example }" }, "insecure-url", 3, 21],
  ["a user name", { provider: "provider: { issuer: https://me@a.example }" }, "insecure-url", 3, 21],
  [
    "http to a host like a loopback's",
    { provider: "provider: { issuer: http://localhost.a.example }" },
    "insecure-url",
    3,
    21,
  ],
  [
    "a user name like a loopback host",
    { provider: 'provider: { issuer: "http://localhost:80@a.example" }' },
    "insecure-url",
    3,
    21,
  ],
  ["a port of 70000", { provider: "provider: { issuer: https://a.example:70000 }" }, "insecure-url", 3, 21],
  [
    "an issuer with a query",
    { provider: "provider: { issuer: https://a.example/?b }" },
    "insecure-url",
    3,
    21,
  ],
  [
    "grace without seconds",
    { provider: "provider: { issuer: https://a.example, rotation: grace }" },
    "missing-key",
    3,
    1,
  ],
  [
    "seconds without grace",
    { provider: "provider: { issuer: https://a.example, rotation_grace_seconds: 5 }" },
    "bad-value",
    3,
    11,
  ],
  [
    "neither issuer nor endpoints",
    { provider: "provider: { token_endpoint: https://a.example }" },
    "missing-endpoint",
    3,
    1,
  ],
];

describe("one credential", () => {
  test.each(BROKEN)("%s is a fault", (_, change, rule, line, column) => {
    const faults = faultsOf(change);
    expect(faults).toContainEqual(expect.objectContaining({ rule, line, column }));
    expect(faults).toHaveLength(1);
  });

  test.each([
    ["scops: []", "did you mean `scopes`?"],
    ["Redirect-URI: a", "did you mean `redirect_uri`?"],
  ])("the unknown key of %s is a misspelling", (x, hint) => {
    expect(faultsOf({ x })[0]?.hint).toBe(hint);
  });

  test.each([
    [{ provider: "provider: oura-legasy" }, "did you mean `oura-legacy`?"],
    [{ scopes: "scopes: [extapi:hartrate]" }, "did you mean `heartrate`?"],
    [{ grant: "grant: authorisation_code" }, "did you mean `authorization_code`?"],
  ])("%j is a misspelling", (change, hint) => {
    expect(faultsOf(change)[0]?.hint).toBe(hint);
  });

  test("the provider's prefix may be written before its scopes", () => {
    expect(faultsOf({ scopes: "scopes: [extapi:personal, daily]" })).toEqual([]);
  });

  test("client credentials need a client secret", () => {
    const change = { grant: "grant: client_credentials", client: "client: { id: a }" };
    expect(rulesOf(faultsOf(change))).toEqual(["public-client"]);
  });

  test("an inline provider needs the endpoints of its grant alone", () => {
    const provider =
      "provider: { token_endpoint: https://a.example/t, device_authorization_endpoint: https://a.example/d }";
    expect(faultsOf({ provider, grant: "grant: device_code" })).toEqual([]);
    expect(rulesOf(faultsOf({ provider }))).toEqual(["missing-endpoint"]);
  });

  test("plain http is for loopback hosts", () => {
    for (const host of ["localhost:1", "127.0.0.1", "127.8.9.1:65535", "[::1]:8080"]) {
      expect(faultsOf({ provider: `provider: { issuer: "http://${host}/a" }` })).toEqual([]);
    }
  });
});

describe("a provider that gives a lasting refresh token for a scope only", () => {
  const provider =
    "provider: { issuer: https://a.example, scope_prefix: 'p:', offline_scopes: [refresh_token, offline_access] }";

  test.each(["scopes: [daily, offline_access]", "scopes: ['p:refresh_token']"])(
    "is content with %s",
    (scopes) => {
      expect(faultsOf({ provider, scopes })).toEqual([]);
    },
  );

  test.each(["scopes: [daily]", "scopes: []", ""])("is not with %j", (scopes) => {
    const [fault, ...more] = faultsOf({ provider, scopes });
    expect(fault).toMatchObject({ rule: "offline-scope", hint: "add refresh_token to scopes" });
    expect(more).toEqual([]);
  });

  test("asks nothing of a client that has its own access", () => {
    expect(
      faultsOf({ provider, scopes: "scopes: [daily]", grant: "grant: client_credentials", redirect_uri: "" }),
    ).toEqual([]);
  });
});
