import { describe, expect, test } from "vitest";
import { faultsOf, rulesOf } from "../examples.ts";

/** What sealring, GitHub or the runner reads: as a client secret it would go to the provider. */
const READ_BY_OTHERS = [
  "GH_TOKEN",
  "GH_ENTERPRISE_TOKEN",
  "GITHUB_TOKEN",
  "GITHUB_PAT",
  "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
  "RUNNER_TEMP",
  "SEALRING_GITHUB_TOKEN",
  "SEALRING_CREDENTIAL_OURA",
  "NODE_OPTIONS",
  "PATH",
  "HOME",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "NPM_TOKEN",
  "NODE_AUTH_TOKEN",
  "HTTPS_PROXY",
  "HTTP_PROXY",
  "NO_PROXY",
  "ALL_PROXY",
  "BROWSER",
];

describe("a client secret's name", () => {
  test.each(READ_BY_OTHERS)("%s is refused", (name) => {
    const [fault, ...more] = faultsOf({ client: `client: { id: a, secret: ${name} }` });
    expect(fault).toMatchObject({ rule: "reserved-name", line: 5, column: 26 });
    expect(fault?.hint).toContain("such as OURA_CLIENT_SECRET");
    expect(more).toEqual([]);
    const inSmallLetters = faultsOf({ client: `client: { id: a, secret: ${name.toLowerCase()} }` });
    expect(rulesOf(inSmallLetters)).toEqual(["literal-secret"]);
  });

  test.each(["GH_CLIENT_SECRET", "MY_GITHUB_SECRET", "PATHS", "BROWSER_SECRET", "_"])(
    "%s is taken",
    (name) => {
      expect(faultsOf({ client: `client: { id: a, secret: ${name} }` })).toEqual([]);
    },
  );
});

describe("an envelope has room for tokens, as its declaration has", () => {
  test("a hundred scopes of 256 characters at most", () => {
    const provider = "provider: { issuer: https://a.example }";
    const scopes = (count: number, length: number) =>
      faultsOf({
        provider,
        scopes: `scopes: [${Array.from({ length: count }, (_, i) => String(i).padStart(length, "s")).join(", ")}]`,
      });
    expect(scopes(100, 256)).toEqual([]);
    expect(scopes(101, 4)).toMatchObject([{ rule: "bad-value", line: 6, column: 9 }]);
    expect(scopes(101, 4)[0]?.message).toContain("at most 100 scopes");
    expect(scopes(1, 257)).toMatchObject([{ rule: "bad-value", line: 6, column: 10 }]);
    expect(scopes(1, 257)[0]?.message).toContain("256 characters");
  });

  test.each(["issuer", "issuer: https://b.example, token_endpoint"])(
    "2,048 characters of a URL at most: %s",
    (keys) => {
      const url = (length: number) => "https://a.example/".padEnd(length, "a");
      const faults = (length: number) =>
        rulesOf(faultsOf({ provider: `provider: { ${keys}: ${url(length)} }` }));
      expect(faults(2_048)).toEqual([]);
      expect(faults(2_049)).toEqual(["insecure-url"]);
    },
  );
});
