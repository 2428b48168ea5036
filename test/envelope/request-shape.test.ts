import { describe, expect, it, test } from "vitest";
import { brokenPins, pinsOf } from "../../src/envelope/pins.ts";
import { requestShape } from "../../src/envelope/request-shape.ts";
import { findEntry, findProvider } from "../../src/providers/catalogue.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { providerFromDeclaration } from "../../src/providers/model.ts";
import { aCredential } from "../support/entries.ts";

const PROJECT = { envelopeStore: "environment sealring of acme/app", recoveryRecipient: undefined };
const ENDPOINTS = {
  token_endpoint: "https://id.example/t",
  revocation_endpoint: "https://id.example/r",
  verification_endpoint: "https://id.example/me",
};

function shape(declaration: ProviderDeclaration): string | null {
  return requestShape(providerFromDeclaration({ ...ENDPOINTS, ...declaration }));
}

/** What a refresh job sends departs in each of these, and in nothing else. */
const SHAPING: readonly ProviderDeclaration[] = [
  { token_request_format: "json" },
  { token_headers: { "X-A": "1" } },
  { client_id_parameter: "client_key" },
  { client_secret_basic_encoding: "none" },
  { client_secret_basic_user: "client_secret" },
  { refresh_request: { method: "GET" } },
  { refresh_request: { grant_type: "" } },
  { refresh_request: { presents: "access_token" } },
  { refresh_request: { token_parameter: "content" } },
  { refresh_request: { client_authentication: "none" } },
  { refresh_request: { sends_redirect_uri: true } },
  { refresh_parameters: { a: "1" } },
  { revocation: { method: "DELETE" } },
  { revocation: { tokens: ["access_token"] } },
  { revocation: { token_in: "json" } },
  { revocation: { token_parameter: "content" } },
  { revocation: { client_authentication: "none" } },
  { revocation: { parameters: { a: "1" } } },
  { revocation: { headers: { "X-A": "1" } } },
  { verification: { method: "POST" } },
  { verification: { authorization_scheme: "OAuth" } },
  { verification: { token_header: "X-A" } },
  { verification: { token_parameter: "content" } },
  { verification: { headers: { "X-A": "1" } } },
  { verification: { form: { a: "1" } } },
  { verification: { json: { a: "1" } } },
];

/** What shapes no request of a job, or has a pin of its own. */
const IDLE: readonly ProviderDeclaration[] = [
  {},
  { token_endpoint: "https://id.example/v2/t", refresh_endpoint: "https://id.example/v2/t" },
  { revocation: { success: { pointer: "/ok", equals: true } } },
  { verification: { success: { pointer: "/ok", equals: true } } },
  { errors: [{ error: "a", means: "transient" }], rotation: "none", scope_prefix: "a:" },
  { token_response: { members: { access_token: "/a" } } },
  { authorization_parameters: { a: "1" }, token_parameters: { a: "1" }, scope_parameter: "scopes" },
  { exchange_request: { token_parameter: "a" }, device_authorization: { code_parameter: "code" } },
];

describe("the shape of an inline provider's requests", () => {
  it.each(SHAPING)("is pinned with %j", (departure) => {
    expect(shape(departure)).toMatch(/^[0-9a-f]{32}$/u);
  });

  it("is another with each departure", () => {
    expect(new Set(SHAPING.map(shape)).size).toBe(SHAPING.length);
    expect(shape({ token_headers: { "X-A": "2" } })).not.toBe(shape({ token_headers: { "X-A": "1" } }));
  });

  it.each(IDLE)("is none with %j", (departure) => {
    expect(shape(departure)).toBeNull();
    expect(shape({ refresh_parameters: { a: "1" }, ...departure })).toBe(
      shape({ refresh_parameters: { a: "1" } }),
    );
  });

  it("is the same in whatever order it is declared, and written as by its default", () => {
    const one = { refresh_parameters: { a: "1", b: "2" }, revocation: { method: "POST" } } as const;
    expect(shape(one)).toBe(shape({ refresh_parameters: { b: "2", a: "1" } }));
  });

  it("stays what it is from version to version: another would end the grants of all that depart so", () => {
    const departures = {
      refresh_request: { token_parameter: "content" },
      token_headers: { "X-B": "2", "X-A": "1" },
    };
    expect(shape(departures)).toBe("ddc748a85da65552a5c2010d47d9a256");
  });

  it("is none of a provider without a verification endpoint", () => {
    expect(requestShape(providerFromDeclaration({ token_endpoint: "https://id.example/t" }))).toBeNull();
  });
});

test.each(["discord", "slack", "notion", "facebook"])(
  "%s has none, so that an update of sealring ends no grant; written inline and shaped anew it breaks the pin",
  (id) => {
    const provider = findProvider(id);
    if (provider === undefined) throw new Error(id);
    const authorized = pinsOf(aCredential({ provider }), PROJECT);
    expect(authorized.request_shape).toBeNull();
    const inline = providerFromDeclaration({
      ...findEntry(id)?.declaration,
      token_endpoint: `${String(authorized.token_origin)}/api/webhooks/1/attackers`,
      refresh_request: { token_parameter: "content" },
    });
    const declared = pinsOf(aCredential({ provider: inline }), PROJECT);
    expect(brokenPins(authorized, declared)).toEqual(["request_shape"]);
  },
);
