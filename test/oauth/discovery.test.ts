import { describe, expect, it } from "vitest";
import { discover, needsDiscovery } from "../../src/oauth/discovery.ts";
import type { HttpOutcome } from "../../src/ports.ts";
import type { Provider, ServerMetadata } from "../../src/providers/provider.ts";
import { CANARIES, expectNoCanary } from "../support/canary.ts";
import { aProvider, json, ScriptedHttp, text } from "../support/scripted-http.ts";

const issuer = "https://id.example.com/tenant";

const METADATA = {
  issuer,
  authorization_endpoint: "https://id.example.com/a",
  token_endpoint: "https://id.example.com/t",
  revocation_endpoint: "https://id.example.com/r",
  code_challenge_methods_supported: ["S256"],
  authorization_response_iss_parameter_supported: true,
  jwks_uri: "https://id.example.com/jwks",
};

function inline(metadata: ServerMetadata = { issuer }): Provider {
  return aProvider({ metadata });
}

function discovered(...outcomes: HttpOutcome[]): Promise<Provider> {
  return discover(new ScriptedHttp(...outcomes), inline());
}

describe("discovery", () => {
  it("asks by RFC 8414 and takes what sealring uses; a server that says no method takes Basic", async () => {
    const http = new ScriptedHttp(json(200, METADATA));
    const { metadata } = await discover(http, inline());
    expect(http.requests.map(({ url }) => url)).toEqual([
      "https://id.example.com/.well-known/oauth-authorization-server/tenant",
    ]);
    const { jwks_uri, ...used } = METADATA;
    expect(JSON.stringify(metadata)).not.toContain(jwks_uri);
    expect(metadata).toEqual({
      ...used,
      token_endpoint_auth_methods_supported: ["client_secret_basic"],
      require_pushed_authorization_requests: false,
    });
  });

  it("asks by OpenID Connect where that is not there", async () => {
    const http = new ScriptedHttp(text(404, "<html>"), json(200, METADATA));
    await discover(http, inline());
    expect(http.requests[1]?.url).toBe("https://id.example.com/tenant/.well-known/openid-configuration");
  });

  it("takes where authorization requests are pushed, and whether they have to be (RFC 9126 §5)", async () => {
    const pushed = {
      pushed_authorization_request_endpoint: "https://id.example.com/par",
      require_pushed_authorization_requests: true,
    };
    expect((await discovered(json(200, { ...METADATA, ...pushed }))).metadata).toMatchObject(pushed);
  });

  it("leaves what is declared as it is declared", async () => {
    const declared = { issuer, token_endpoint: "https://mine.example/t" };
    const { metadata } = await discover(new ScriptedHttp(json(200, METADATA)), inline(declared));
    expect(metadata).toMatchObject({ ...declared, authorization_endpoint: METADATA.authorization_endpoint });
  });
});

describe("metadata behind a redirection", () => {
  const WELL_KNOWN = "https://id.example.com/.well-known/oauth-authorization-server/tenant";

  const to = (location: string, status = 301): HttpOutcome => ({
    ...{ kind: "answer", status, headers: { location }, body: new Uint8Array() },
  });

  it.each([301, 302, 303, 307, 308])("with status %i is found there, at the same origin", async (status) => {
    const http = new ScriptedHttp(to(`${WELL_KNOWN}/`, status), json(200, METADATA));
    expect((await discover(http, inline())).metadata.token_endpoint).toBe(METADATA.token_endpoint);
    expect(http.requests.map(({ url }) => url)).toEqual([WELL_KNOWN, `${WELL_KNOWN}/`]);
  });

  it("is found behind two of them, by their paths alone, and not behind three", async () => {
    const http = new ScriptedHttp(to("/a"), to("b"), json(200, METADATA));
    await discover(http, inline());
    expect(http.requests.map(({ url }) => url).slice(1)).toEqual([
      "https://id.example.com/a",
      "https://id.example.com/b",
    ]);
    const endless = new ScriptedHttp(to("/a"), to("/b"), to("/c"), to("/a"), to("/b"), to("/c"));
    await expect(discover(endless, inline())).rejects.toMatchObject({ code: "provider_drift" });
    expect(endless.requests).toHaveLength(6);
  });

  it("has to be that of the issuer still", async () => {
    const other = json(200, { ...METADATA, issuer: "https://id.example.com/other" });
    const http = new ScriptedHttp(to("/other"), other, text(404, ""));
    await expect(discover(http, inline())).rejects.toMatchObject({ code: "provider_drift" });
  });

  it.each([
    "https://evil.example/.well-known",
    "http://id.example.com/.well-known",
    "https://id.example.com:8443/.well-known",
    "https://user@id.example.com/.well-known",
    "//evil.example/x",
    "javascript:0",
    "https://",
  ])("to %s is not followed", async (location) => {
    const http = new ScriptedHttp(to(location), text(404, ""));
    await expect(discover(http, inline())).rejects.toMatchObject({ code: "provider_drift" });
    expect(http.requests.map(({ url }) => new URL(url).host)).toEqual(["id.example.com", "id.example.com"]);
  });
});

describe("the server is asked", () => {
  const token_endpoint = "https://t.example/";
  const authorization_endpoint = "https://a.example/";
  const device_authorization_endpoint = "https://d.example/";

  it.each<[string, Partial<Provider>]>([
    ["for every endpoint", { metadata: { issuer } }],
    ["for an authorization endpoint", { metadata: { issuer, token_endpoint } }],
    [
      "for an authorization endpoint beside a declared device endpoint",
      { metadata: { issuer, token_endpoint, device_authorization_endpoint } },
    ],
    ["for a token endpoint", { metadata: { issuer, authorization_endpoint } }],
    [
      "for a device endpoint that a declared grant starts from",
      { metadata: { issuer, token_endpoint, authorization_endpoint }, grants: ["device_code"] },
    ],
  ])("%s, and what was declared wins over what it says", async (_what, more) => {
    const provider = aProvider(more);
    const http = new ScriptedHttp(json(200, METADATA));
    expect(needsDiscovery(provider)).toBe(true);
    const { metadata } = await discover(http, provider);
    expect(http.requests).toHaveLength(1);
    expect(metadata).toMatchObject(provider.metadata);
    expect(metadata.authorization_endpoint).toBe(
      more.metadata?.authorization_endpoint ?? METADATA.authorization_endpoint,
    );
  });

  it.each<[string, Partial<Provider>]>([
    ["where no issuer is declared", { metadata: { token_endpoint } }],
    [
      "where token and authorization endpoint are",
      { metadata: { issuer, token_endpoint, authorization_endpoint } },
    ],
    [
      "where the server is declared for devices only, with their endpoint",
      { metadata: { issuer, token_endpoint, device_authorization_endpoint }, grants: ["device_code"] },
    ],
    [
      "where the server is declared for client credentials only",
      { metadata: { issuer, token_endpoint }, grants: ["client_credentials"] },
    ],
  ])("nothing %s", async (_what, more) => {
    const provider = aProvider(more);
    expect(needsDiscovery(provider)).toBe(false);
    expect(await discover(new ScriptedHttp(), provider)).toBe(provider);
  });
});

describe("metadata is refused", () => {
  const not = text(404, "");

  it.each<[string, HttpOutcome[], string]>([
    [
      "of another issuer",
      [json(200, { ...METADATA, issuer: "https://evil.example" }), not],
      "provider_drift",
    ],
    [
      "whose issuer differs by a slash",
      [json(200, { ...METADATA, issuer: `${issuer}/` }), not],
      "provider_drift",
    ],
    [
      "whose issuer differs in letters that a URL ignores",
      [json(200, { ...METADATA, issuer: "HTTPS://ID.example.com/tenant" }), not],
      "provider_drift",
    ],
    ["that is not there", [not, not], "provider_drift"],
    ["that is a page", [text(200, "<html>"), text(200, "<html>")], "provider_drift"],
    ["that is elsewhere", [text(302, ""), text(302, "")], "provider_drift"],
    [
      "with an endpoint without https",
      [json(200, { ...METADATA, token_endpoint: "http://id.example.com/t" })],
      "provider_drift",
    ],
    [
      "with an endpoint that is none",
      [json(200, { ...METADATA, revocation_endpoint: CANARIES.accessToken })],
      "provider_drift",
    ],
    ["while the server is in trouble", [text(503, ""), not], "transient"],
    [
      "while nobody answers",
      [
        { kind: "not_sent", reason: "dns" },
        { kind: "not_sent", reason: "dns" },
      ],
      "transient",
    ],
  ])("%s", async (_what, outcomes, code) => {
    const failure: unknown = await discovered(...outcomes).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "SealringError", code });
    expectNoCanary(String(failure));
  });
});
