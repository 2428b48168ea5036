import { readdirSync, readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { findProvider, listProviders } from "../../src/providers/catalogue.ts";

const FOLDER = new URL("../../src/providers/catalogue/", import.meta.url);
const SCHEMA = new URL("../../schemas/provider.schema.json", import.meta.url);

const readJson = (url: URL) => JSON.parse(readFileSync(url, "utf8")) as Record<string, unknown>;

describe("the catalogue", () => {
  test("holds every file of its folder, as it is written", () => {
    const files = readdirSync(FOLDER).sort();
    expect(files).toEqual(listProviders().map(({ id }) => `${id}.yaml`));
    for (const { declaration, ...identity } of listProviders()) {
      const written: unknown = parse(readFileSync(new URL(`${identity.id}.yaml`, FOLDER), "utf8"));
      expect({ status: "active", unknown: [], none: [], traps: [], ...(written as object) }).toEqual({
        ...identity,
        ...declaration,
      });
    }
  });

  test("has entries of the schema that inline providers have, with documentation and dated sources", () => {
    const validate = new Ajv2020.Ajv2020({ strictRequired: false, strictTypes: false }).compile(
      readJson(SCHEMA),
    );
    for (const { declaration, docs, sources } of listProviders()) {
      expect(validate(declaration), JSON.stringify(validate.errors)).toBe(true);
      expect(docs).toMatch(/^https:\/\//u);
      expect(sources.length).toBeGreaterThan(0);
      for (const { read } of sources) expect(read).toMatch(/^20[0-9]{2}-[0-9]{2}$/u);
    }
  });

  test("knows nobody by a name that every object has", () => {
    for (const id of ["constructor", "__proto__", "OURA", ""]) expect(findProvider(id)).toBeUndefined();
  });
});

describe("Oura", () => {
  test("of the new portal has prefixed scopes, single-use refresh tokens and the issuer of its callback", () => {
    expect(findProvider("oura")).toMatchObject({
      id: "oura",
      name: "Oura Ring",
      metadata: {
        issuer: "https://moi.ouraring.com/oauth/v2/ext/oauth-anonymous",
        authorization_endpoint: "https://moi.ouraring.com/oauth/v2/ext/oauth-authorize",
        token_endpoint: "https://moi.ouraring.com/oauth/v2/ext/oauth-token",
        revocation_endpoint: "https://moi.ouraring.com/oauth/v2/ext/oauth-revoke",
        token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
        code_challenge_methods_supported: ["S256", "plain"],
      },
      grants: ["authorization_code", "client_credentials"],
      rotation: { kind: "single_use" },
      scopes: expect.objectContaining({ heart_health: "Cardiovascular age and VO2 max" }) as unknown,
      scopeRules: { prefix: "extapi:", separator: " " },
      revocation: { tokens: ["refresh_token", "access_token"], tokenIn: "form" },
      verification: { endpoint: "https://api.ouraring.com/v2/usercollection/personal_info" },
      loopback: "exact",
      refreshTokenLifetimeSeconds: undefined,
      refreshTokenIdleSeconds: undefined,
      errors: [
        {
          error: "invalid_request",
          status: undefined,
          descriptionContains: undefined,
          body: undefined,
          means: "reauthorization_required",
        },
      ],
    });
  });

  test("of the old portal has other servers, bare scopes and its own way to revoke", () => {
    expect(findProvider("oura-legacy")).toMatchObject({
      metadata: {
        authorization_endpoint: "https://cloud.ouraring.com/oauth/authorize",
        token_endpoint: "https://api.ouraring.com/oauth/token",
        revocation_endpoint: "https://api.ouraring.com/oauth/revoke",
      },
      rotation: { kind: "single_use" },
      scopeRules: { prefix: "" },
      revocation: {
        tokens: ["access_token"],
        tokenIn: "query",
        tokenParameter: "access_token",
        method: "POST",
      },
      loopback: "exact",
    });
    expect(findProvider("oura-legacy")?.metadata).not.toHaveProperty("issuer");
  });
});
