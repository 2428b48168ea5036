import { describe, expect, test } from "vitest";
import { credentialText, faultsOf, load, rulesOf } from "../examples.ts";

type Change = Readonly<Record<string, string>>;

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

  test.each([
    ["refresh_endpoint: https://evil.example/t", true],
    ["device_token_endpoint: https://evil.example/t", true],
    ["device_authorization_endpoint: https://evil.example/d", true],
    ["pushed_authorization_request_endpoint: https://evil.example/p", true],
    ["revocation_endpoint: https://evil.example/r", true],
    ["revocation_endpoint: https://evil.example/r, revocation: { client_authentication: none }", false],
    ["verification_endpoint: https://evil.example/me", false],
    ["generations: [{ issuer: 'https://evil.example', token_endpoint: 'https://evil.example/t' }]", true],
  ])("cannot send one client secret further than the other: %s", (more, isFault) => {
    const at = "authorization_endpoint: https://id.example/a, token_endpoint: https://id.example/t";
    const shared = { scopes: "", client: "client: { id: 4c1b7a, secret: SHARED_SECRET }" };
    const { faults } = load({
      "credentials/oura.yaml": credentialText({ ...shared, provider: `provider: { ${at} }` }),
      "credentials/second.yaml": credentialText({
        ...shared,
        name: "name: second",
        provider: `provider: { ${at}, ${more} }`,
        outputs: "outputs: { SECOND_ACCESS_TOKEN: access_token }",
      }),
    });
    expect(rulesOf(faults)).toEqual(isFault ? ["client-secret-origin"] : []);
    if (isFault) expect(faults[0]?.message).toContain("https://evil.example");
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
