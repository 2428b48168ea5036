import { describe, expect, it } from "vitest";
import type { Party } from "../../src/oauth/client.ts";
import { revoke } from "../../src/oauth/revocation.ts";
import type { HttpOutcome } from "../../src/ports.ts";
import type { Provider } from "../../src/providers/provider.ts";
import { Secret } from "../../src/secret.ts";
import { aProvider, json, metadataWithout, ScriptedHttp, text } from "../support/scripted-http.ts";

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

describe("by a query, as Oura's old server has it", () => {
  const query = party({
    revocation: { ...aProvider().revocation, tokenIn: "query", tokenParameter: "access_token" },
  });

  it("the access token is named in the address", async () => {
    const http = new ScriptedHttp(text(200, ""));
    expect(await revoke(http, query, tokens)).toEqual({ kind: "revoked" });
    expect(http.requests).toEqual([
      { method: "POST", url: "https://id.example.com/revoke?access_token=a", headers: {} },
    ]);
  });

  it("without an access token there is nothing to name", async () => {
    const outcome = await revoke(new ScriptedHttp(), query, { ...tokens, accessToken: undefined });
    expect(outcome).toEqual({ kind: "unsupported" });
  });
});
