import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { credentialText, faultsOf, load, rulesOf } from "../examples.ts";

const ENDPOINTS = "authorization_endpoint: https://id.example/a, token_endpoint: https://id.example/t";

/** The faults of a credential whose provider departs so. */
function faults(departure: string) {
  return faultsOf({ provider: `provider: { ${ENDPOINTS}, ${departure} }`, scopes: "" });
}

const RESERVED = [
  ...[
    "Authorization",
    "Connection",
    "Content-Type",
    "Cookie",
    "Expect",
    "Host",
    "Keep-Alive",
    "Proxy-Connection",
  ],
  ...["TE", "Trailer", "Transfer-Encoding", "Upgrade", "Content-Length", "Proxy-Authorization"],
];

const anySpelling = (names: readonly string[]) =>
  fc.constantFrom(...names).chain((name) => fc.mixedCase(fc.constant(name)));

describe("a header that is the request's own", () => {
  test.each(["token_headers: {", "revocation: { headers: {", "verification: { headers: {"])(
    "is refused in %s, however it is written",
    (place) => {
      const closing = place.startsWith("token") ? "}" : "} }";
      expect(faults(`${place} Hosts: a ${closing}`)).toEqual([]);
      fc.assert(
        fc.property(anySpelling(RESERVED), (name) => {
          expect(rulesOf(faults(`${place} ${name}: a ${closing}`)), name).toEqual(["bad-value"]);
        }),
        { numRuns: 100 },
      );
    },
  );

  test("carries no token, but for Authorization", () => {
    for (const name of ["Authorization", "AUTHORIZATION", "X-Token"])
      expect(faults(`verification: { token_header: ${name} }`)).toEqual([]);
    fc.assert(
      fc.property(anySpelling(RESERVED.slice(1)), (name) => {
        expect(rulesOf(faults(`verification: { token_header: ${name} }`)), name).toEqual(["bad-value"]);
      }),
    );
  });
});

describe("a parameter that the request has itself", () => {
  const proof = ["client_secret", "client_assertion", "client_assertion_type", "grant_type"];
  test.each<[string, readonly string[], readonly string[]]>([
    [
      "scope_parameter: NAME",
      ["user_scope", "scopes"],
      [...proof, "client_id", "redirect_uri", "state", "request"],
    ],
    [
      "scope_parameters: [{ parameter: NAME, marker: 'user/' }]",
      ["user_scope"],
      [...proof, "redirect_uri", "code_challenge", "response_type", "request_uri"],
    ],
    [
      "client_id_parameter: NAME",
      ["client_key", "app_id"],
      [...proof, "redirect_uri", "state", "scope", "code"],
    ],
    [
      "refresh_request: { token_parameter: NAME }",
      ["access_token", "token"],
      [...proof, "client_id", "redirect_uri"],
    ],
    [
      "exchange_request: { token_parameter: NAME }",
      ["fb_exchange_token"],
      [...proof, "client_id", "redirect_uri"],
    ],
    ["revocation: { token_parameter: NAME }", ["token", "access_token"], [...proof, "client_id"]],
    ["verification: { token_parameter: NAME }", ["token", "access_token"], [...proof, "client_id"]],
    ["device_authorization: { code_parameter: NAME }", ["code", "device_code"], [...proof, "client_id"]],
    ["device_authorization: { scope_parameter: NAME }", ["scopes"], [...proof, "client_id"]],
    [
      "authorization_parameters: { NAME: a }",
      ["nonce"],
      [...proof, "redirect_uri", "request", "request_uri"],
    ],
  ])("is not replaced by %s", (departure, good, bad) => {
    for (const name of good) expect(faults(departure.replace("NAME", name)), name).toEqual([]);
    for (const name of bad)
      expect(rulesOf(faults(departure.replace("NAME", name))), name).toEqual(["bad-value"]);
  });
});

describe("an address of a generation", () => {
  const generation = (more: string) =>
    `generations: [{ issuer: 'https://v2.example', token_endpoint: 'https://v2.example/t'${more} }]`;

  test.each([
    ["generations: [{ issuer: 'https://v2.example', token_endpoint: 'https://[zz]/t' }]", "insecure-url"],
    [
      "generations: [{ issuer: 'https://v2.example:70000', token_endpoint: 'https://v2.example/t' }]",
      "insecure-url",
    ],
    [generation(", revocation_endpoint: 'https://[zz]/t'"), "insecure-url"],
    [generation(", verification_endpoint: 'https://[zz]/t'"), "insecure-url"],
    [generation(", verification_endpoint: 'https://{nope}/t'"), "provider-parameter"],
  ])("%s is judged like any other", (departure, rule) => {
    const found = faults(departure);
    expect(rulesOf(found)).toEqual([rule]);
    expect(found[0]?.line).toBe(3);
    expect(found[0]?.column).toBeGreaterThan(`provider: { ${ENDPOINTS}, generations: [{`.length);
  });

  test("is right with a place for the client's id where a grant is ended", () => {
    expect(faults(generation(", revocation_endpoint: 'https://v2.example/{client_id}/r'"))).toEqual([]);
  });
});

test("a file with an address that is none takes no other file's credential along", () => {
  const spoilt = "generations: [{ issuer: 'https://x.example', token_endpoint: 'https://[zz]/t' }]";
  const { credentials } = load({
    "credentials/oura.yaml": credentialText(),
    "credentials/bad.yaml": credentialText({
      name: "name: bad",
      provider: `provider: { ${ENDPOINTS}, ${spoilt} }`,
      scopes: "",
      client: "client: { id: a }",
      outputs: "outputs: { BAD_ACCESS_TOKEN: access_token }",
    }),
  });
  expect(credentials.map(({ name }) => name)).toEqual(["oura"]);
});
