import { describe, expect, it } from "vitest";
import type { Party } from "../../src/oauth/client.ts";
import { revoke } from "../../src/oauth/revocation.ts";
import type { HttpOutcome, HttpRequest } from "../../src/ports.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import type { Provider } from "../../src/providers/provider.ts";
import { Secret } from "../../src/secret.ts";
import { aProvider, departing, json, metadataWithout, ScriptedHttp, text } from "../support/scripted-http.ts";

const tokens = { refreshToken: new Secret("r"), accessToken: new Secret("a") };

function party(more: Partial<Provider> = {}): Party {
  return { provider: aProvider(more), client: { id: "c", secret: new Secret("s") } };
}

describe("by RFC 7009", () => {
  it("the refresh token is revoked first, then the access token, by an authenticated client", async () => {
    const http = new ScriptedHttp(text(200, ""), text(200, ""));
    expect(await revoke(http, party(), tokens)).toEqual({ kind: "revoked" });
    const client = { client_id: "c", client_secret: "s" };
    expect(http.form(0)).toEqual({ token: "r", token_type_hint: "refresh_token", ...client });
    expect(http.form(1)).toEqual({ token: "a", token_type_hint: "access_token", ...client });
  });

  it.each<[string, HttpOutcome, object]>([
    [
      "a token that the server does not know is gone already",
      json(400, { error: "invalid_token" }),
      { kind: "revoked" },
    ],
    [
      "a client that it does not know",
      json(401, { error: "invalid_client" }),
      { kind: "failed", errorClass: "client_misconfigured", code: "invalid_client" },
    ],
    ["a server in trouble", text(503, ""), { kind: "failed", errorClass: "transient", code: "http_503" }],
    [
      "no answer",
      { kind: "lost", reason: "timeout", partial: Buffer.of() },
      { kind: "failed", errorClass: "transient", code: "timeout" },
    ],
  ])("%s", async (_what, outcome, expected) => {
    expect(await revoke(new ScriptedHttp(outcome), party(), { ...tokens, accessToken: undefined })).toEqual(
      expected,
    );
  });

  it("a failure to revoke the refresh token leaves the access token for the next try", async () => {
    const http = new ScriptedHttp(text(503, ""));
    await revoke(http, party(), tokens);
    expect(http.requests).toHaveLength(1);
  });

  it("a server that revokes refresh tokens only has revoked the grant", async () => {
    const http = new ScriptedHttp(text(200, ""), json(400, { error: "unsupported_token_type" }));
    expect(await revoke(http, party(), tokens)).toEqual({ kind: "revoked" });
  });

  it("without an endpoint, or a token, there is nothing to be done", async () => {
    const metadata = metadataWithout("revocation_endpoint");
    expect(await revoke(new ScriptedHttp(), party({ metadata }), tokens)).toEqual({ kind: "unsupported" });
    const none = { refreshToken: undefined, accessToken: undefined };
    expect(await revoke(new ScriptedHttp(), party(), none)).toEqual({ kind: "unsupported" });
  });
});

type Declared = NonNullable<ProviderDeclaration["revocation"]>;

/** Revokes as declared; gives what was sent. */
async function sent(revocation: Declared, more: ProviderDeclaration = {}): Promise<readonly HttpRequest[]> {
  const http = new ScriptedHttp(text(200, ""), text(200, ""));
  const provider = departing({ revocation, ...more });
  expect(await revoke(http, { ...party(), provider }, tokens)).toEqual({ kind: "revoked" });
  return http.requests;
}

describe("otherwise than by RFC 7009", () => {
  const form = { "content-type": "application/x-www-form-urlencoded;charset=UTF-8" };
  const url = "https://id.example.com/revoke";

  it("the access token goes into the address, with nothing said of the client, as Oura's old server has it", async () => {
    const oura: Declared = {
      tokens: ["access_token"],
      token_in: "query",
      token_parameter: "access_token",
      client_authentication: "none",
    };
    expect(await sent(oura)).toEqual([{ method: "POST", url: `${url}?access_token=a`, headers: {} }]);
  });

  it("a client's secret stays out of the address that the token is in", async () => {
    const [request] = await sent({ tokens: ["refresh_token"], token_in: "query", parameters: { x: "1" } });
    const body = "client_id=c&client_secret=s";
    expect(request).toEqual({ method: "POST", url: `${url}?x=1&token=r`, headers: form, body });
  });

  it("the token is a bearer token, and the body empty", async () => {
    const zendesk: Declared = {
      method: "DELETE",
      tokens: ["access_token"],
      token_in: "bearer",
      client_authentication: "none",
    };
    const headers = { authorization: "Bearer a" };
    expect(await sent(zendesk)).toEqual([{ method: "DELETE", url, headers }]);
  });

  it("the client is named in the address and by Basic, and the token in JSON, as GitHub has it", async () => {
    const github: Declared = {
      method: "DELETE",
      tokens: ["access_token"],
      token_in: "json",
      token_parameter: "access_token",
      headers: { Accept: "application/vnd.github+json", "X-Client": "for {client_id}" },
    };
    const more: ProviderDeclaration = {
      revocation_endpoint: "https://api.example.com/applications/{client_id}/token",
      token_endpoint_auth_methods_supported: ["client_secret_basic"],
    };
    expect(await sent(github, more)).toEqual([
      {
        method: "DELETE",
        url: "https://api.example.com/applications/c/token",
        headers: {
          accept: "application/vnd.github+json",
          authorization: "Basic Yzpz",
          "content-type": "application/json",
          "x-client": "for c",
        },
        body: '{"access_token":"a"}',
      },
    ]);
  });

  it("the client goes by the server's own name, and more parameters go beside the token", async () => {
    const requests = await sent(
      { tokens: ["access_token", "refresh_token"], token_parameter: "tok", parameters: { action: "revoke" } },
      { client_id_parameter: "client_key" },
    );
    expect(requests.map(({ body }) => body)).toEqual([
      "client_key=c&client_secret=s&action=revoke&tok=a",
      "client_key=c&client_secret=s&action=revoke&tok=r",
    ]);
  });

  it("the client may prove itself otherwise than at the token endpoint", async () => {
    const offered = { token_endpoint_auth_methods_supported: ["client_secret_post" as const] };
    const [basic] = await sent(
      { tokens: ["refresh_token"], client_authentication: "client_secret_basic" },
      offered,
    );
    expect(basic).toMatchObject({
      headers: { authorization: "Basic Yzpz" },
      body: "token_type_hint=refresh_token&token=r",
    });
    const [post] = await sent({ tokens: ["refresh_token"], client_authentication: "client_secret_post" });
    expect(post?.body).toContain("client_secret=s");
  });

  it("everything is in the address of a GET", async () => {
    const [request] = await sent({ method: "GET", tokens: ["refresh_token"], token_parameter: "t" });
    const query = "client_id=c&client_secret=s&t=r";
    expect(request).toEqual({ method: "GET", url: `${url}?${query}`, headers: {} });
  });

  it("a token that the server does not take is not sent to it", async () => {
    const provider = departing({ revocation: { tokens: ["access_token"] } });
    const outcome = revoke(
      new ScriptedHttp(),
      { ...party(), provider },
      { ...tokens, accessToken: undefined },
    );
    expect(await outcome).toEqual({ kind: "unsupported" });
  });

  it.each<[string, HttpOutcome, object]>([
    ["says so", json(200, { ok: true }), { kind: "revoked" }],
    [
      "says that it is none",
      json(200, { ok: false, error: "ratelimited" }),
      { kind: "failed", errorClass: "provider_drift", code: "unregistered_error" },
    ],
    ["says that the token is gone", json(200, { ok: false, error: "invalid_token" }), { kind: "revoked" }],
    ["says nothing", text(200, "<html>"), { kind: "failed", errorClass: "provider_drift", code: "http_200" }],
  ])("a success that %s", async (_what, answer, expected) => {
    const revocation: Declared = { tokens: ["access_token"], success: { pointer: "/ok", equals: true } };
    const provider = departing({ revocation });
    expect(await revoke(new ScriptedHttp(answer), { ...party(), provider }, tokens)).toEqual(expected);
  });
});
