import { describe, expect, test } from "vitest";
import { credentialText, faultsOf, load, rulesOf } from "./examples.ts";

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

describe("redirect URIs", () => {
  const INLINE = "provider: { issuer: https://a.example }";

  test.each([
    "http://localhost:8484/callback",
    "http://127.0.0.1:1/",
    "http://[::1]:65535",
    "http://localhost:80/callback",
    "http://localhost:8484/cb?a=b",
  ])("%s can be served", (uri) => {
    expect(faultsOf({ redirect_uri: `redirect_uri: "${uri}"` })).toEqual([]);
  });

  test.each([
    "https://localhost:8484/callback",
    "http://localhost/callback",
    "http://localhost:0/callback",
    "http://localhost:65536/callback",
    "http://localhost:08/callback",
    "http://localhost:8484/callback#a",
    "http://me@localhost:8484/callback",
    "http://localhost:8484@evil.example/",
    "http://example.com:8484/callback",
    "http://127.0.0.2:8484/",
    "http://LOCALHOST:8484/",
    "http://localhost:8484/a/../b",
    "http://localhost:8484\\\\@evil.example",
    "urn:ietf:wg:oauth:2.0:oob",
    "",
  ])("%j cannot be served", (uri) => {
    expect(rulesOf(faultsOf({ redirect_uri: `redirect_uri: "${uri}"` }))).toEqual(["redirect-uri"]);
  });

  test("a provider that compares them whole needs one", () => {
    expect(rulesOf(faultsOf({ redirect_uri: "" }))).toEqual(["redirect-uri"]);
    expect(faultsOf({ redirect_uri: "", provider: INLINE })).toEqual([]);
    expect(faultsOf({ redirect_uri: "", grant: "grant: client_credentials" })).toEqual([]);
  });

  test("a provider that takes address literals alone refuses localhost", () => {
    const provider = "provider: { issuer: https://a.example, loopback_redirect: any_port_ip_literal }";
    expect(rulesOf(faultsOf({ provider }))).toEqual(["redirect-uri"]);
    expect(faultsOf({ provider, redirect_uri: "redirect_uri: http://127.0.0.1:8484/callback" })).toEqual([]);
  });
});

describe("the project", () => {
  test.each([
    ["schedule: hourly", "schedule", 11],
    ['schedule: "* * * * *"', "schedule", 11],
    ['schedule: "0 24 * * *"', "schedule", 11],
    ['schedule: "0 0 0 * *"', "schedule", 11],
    ['schedule: "0,59 * * * *"', "schedule", 11],
    ['schedule: "0 0 * * 7"', "schedule", 11],
    ['schedule: "9-5 0 * * *"', "schedule", 11],
    ["repository: acme", "bad-value", 13],
    ["state_branch: a..b", "bad-value", 15],
    ["environment: 3", "wrong-type", 14],
    ["github: { api_url: http://ghe.example }", "insecure-url", 20],
    ["github: { app: { client_id: a, private_key: nope } }", "literal-secret", 45],
    ["recovery: { recipient: age2 }", "bad-value", 24],
    ["shedule: x", "unknown-key", 1],
  ])("%s is a fault", (line, rule, column) => {
    const { faults } = load({ "sealring.yaml": `version: 1\n${line}\n` });
    expect(faults).toMatchObject([{ file: "sealring.yaml", rule, line: 2, column }]);
  });

  test.each(["17 */6 * * *", "*/5 * * * *", "0 0 1,15 * MON", "5/15 * * DEC *", "0 0 * * 0-6/2"])(
    "%s is a schedule",
    (schedule) => {
      expect(load({ "sealring.yaml": `version: 1\nschedule: "${schedule}"\n` }).faults).toEqual([]);
    },
  );
});

describe("several credentials", () => {
  const two = (changed: Change, sealring = "version: 1") =>
    load({
      "credentials/oura.yaml": credentialText(),
      "credentials/second.yaml": credentialText({
        name: "name: second",
        outputs: "outputs: { SECOND: access_token }",
        ...changed,
      }),
      "sealring.yaml": sealring,
    }).faults;

  test("may live side by side", () => {
    expect(two({})).toEqual([]);
  });

  test("cannot write one secret, whatever its case", () => {
    const faults = two({ outputs: "outputs: { oura_access_token: access_token }" });
    expect(faults).toMatchObject([
      { file: "credentials/second.yaml", rule: "output-collision", line: 8, column: 12 },
    ]);
    expect(faults[0]?.message).toContain("credentials/oura.yaml");
  });

  test("cannot write one secret by way of the default and by name", () => {
    const outputs = "outputs: { OURA_ACCESS_TOKEN: access_token }";
    expect(rulesOf(two({ outputs, x: "destinations: [{ repository: ACME/credentials }]" }))).toEqual([
      "output-collision",
    ]);
    expect(two({ outputs, x: "destinations: [{ repository: acme/other }]" })).toEqual([]);
    expect(two({ outputs, x: "destinations: [{ repository: acme/credentials, app: codespaces }]" })).toEqual(
      [],
    );
  });

  test("cannot overwrite a client secret or the App's key", () => {
    const destinations = "destinations: [{ repository: acme/credentials, environment: sealring }]";
    const outputs = "outputs: { Oura_Client_Secret: access_token }";
    expect(rulesOf(two({ outputs, x: destinations }))).toEqual(["output-collision"]);
    expect(two({ outputs })).toEqual([]);
    const app = "version: 1\ngithub: { app: { client_id: a, private_key: APP_KEY } }";
    expect(rulesOf(two({ outputs: "outputs: { APP_KEY: id_token }", x: destinations }, app))).toEqual([
      "output-collision",
    ]);
  });

  test("cannot send one client secret to two origins", () => {
    const faults = two({ provider: "provider: { issuer: https://evil.example }" });
    expect(faults).toMatchObject([
      { file: "credentials/second.yaml", rule: "client-secret-origin", line: 5, column: 31 },
    ]);
    expect(faults[0]?.message).toContain("https://moi.ouraring.com");
  });

  test("cannot have one name", () => {
    const faults = load({
      "credentials/oura.yaml": credentialText(),
      "credentials/oura.yml": credentialText(),
    }).faults;
    expect(rulesOf(faults)).toEqual(["duplicate-credential", "output-collision"]);
    expect(faults[0]).toMatchObject({ file: "credentials/oura.yml", line: 2, column: 7 });
  });

  test("cannot put more than 100 secrets into a repository, nor 1,000 into an organization", () => {
    const outputs = (count: number) =>
      `outputs: { ${Array.from({ length: count }, (_, index) => `A${String(index)}: access_token`).join(", ")} }`;
    expect(faultsOf({ outputs: outputs(100) })).toEqual([]);
    expect(rulesOf(faultsOf({ outputs: outputs(101) }))).toEqual(["too-many-secrets"]);
    const organization = "destinations: [{ organization: acme }]";
    expect(faultsOf({ outputs: outputs(1_000), x: organization })).toEqual([]);
    expect(rulesOf(faultsOf({ outputs: outputs(1_001), x: organization }))).toEqual(["too-many-secrets"]);
  });
});
