import { describe, expect, test } from "vitest";
import { faultsOf, rulesOf } from "../examples.ts";

const OFFERS =
  "provider: { issuer: https://id.example.com, token_endpoint_auth_methods_supported: [client_secret_basic, private_key_jwt, none] }";
const method = (name: string, secret = ", secret: KEY") =>
  `client: { id: a${secret}, token_endpoint_auth_method: ${name} }`;

describe("the way in which a client authenticates", () => {
  test.each([method("client_secret_basic"), method("private_key_jwt"), method("none", "")])(
    "%s is one that the provider offers",
    (client) => {
      expect(faultsOf({ provider: OFFERS, client, scopes: "" })).toEqual([]);
    },
  );

  test.each([
    ["one that the provider does not offer", method("client_secret_post")],
    ["one that needs a secret, without any", method("private_key_jwt", "")],
    ["none, with a secret", method("none")],
  ])("is a fault: %s", (_, client) => {
    expect(rulesOf(faultsOf({ provider: OFFERS, client, scopes: "" }))).toEqual(["client-authentication"]);
  });

  test("is a fault where there is a secret, and the provider takes none", () => {
    const provider =
      "provider: { issuer: https://id.example.com, token_endpoint_auth_methods_supported: [none] }";
    expect(faultsOf({ provider, client: "client: { id: a }", scopes: "" })).toEqual([]);
    const [fault] = faultsOf({ provider, client: "client: { id: a, secret: KEY }", scopes: "" });
    expect(fault).toMatchObject({ rule: "client-authentication", hint: "remove client.secret" });
  });

  test("may be any where the provider does not say", () => {
    const provider = "provider: { issuer: https://id.example.com }";
    expect(faultsOf({ provider, client: method("client_secret_post"), scopes: "" })).toEqual([]);
  });
});
