import { describe, expect, it } from "vitest";
import type { OAuthClient, Party } from "../../src/oauth/client.ts";
import { clientCredentials, deviceToken, exchangeCode, refresh } from "../../src/oauth/token.ts";
import type { CodeGrant } from "../../src/oauth/token.ts";
import { authorizationRequest } from "../../src/oauth/authorization.ts";
import { readRedirect } from "../../src/oauth/redirect.ts";
import { Secret } from "../../src/secret.ts";
import { realRandom } from "../support/grant-ports.ts";
import { aProvider, departing, json, metadataWithout, ScriptedHttp, text } from "../support/scripted-http.ts";

const ports = { http: new ScriptedHttp(), random: realRandom };
const secret = new Secret("s3cret &/+");
const confidential: OAuthClient = { id: "the client", secret };

function party(methods: readonly string[] | undefined, client = confidential): Party {
  const metadata = metadataWithout("token_endpoint_auth_methods_supported");
  const supported = methods === undefined ? {} : { token_endpoint_auth_methods_supported: methods };
  return {
    provider: { ...departing({ scope_prefix: "extapi:" }), metadata: { ...metadata, ...supported } },
    client,
  };
}

const BASIC = `Basic ${Buffer.from("the+client:s3cret+%26%2F%2B").toString("base64")}`;

describe("the client proves itself", () => {
  it.each<[string, readonly string[] | undefined, "post" | "basic"]>([
    ["in the body where that is offered", ["client_secret_post"], "post"],
    ["in the body where both are offered", ["client_secret_basic", "client_secret_post"], "post"],
    ["by Basic where only that is offered", ["private_key_jwt", "client_secret_basic"], "basic"],
    ["by Basic where nothing is said", undefined, "basic"],
  ])("%s", async (_when, methods, expected) => {
    const http = new ScriptedHttp(json(200, {}));
    await refresh(http, party(methods), new Secret("r"));
    const inBody = { client_id: "the client", client_secret: "s3cret &/+" };
    expect(http.form(0)).toEqual({
      grant_type: "refresh_token",
      refresh_token: "r",
      ...(expected === "post" ? inBody : {}),
    });
    expect(http.requests[0]?.headers["authorization"]).toBe(expected === "post" ? undefined : BASIC);
  });

  it("by its name alone where it has no secret", async () => {
    const http = new ScriptedHttp(json(200, {}));
    await refresh(http, party(undefined, { id: "public", secret: undefined }), new Secret("r"));
    expect(http.form(0)).toEqual({ grant_type: "refresh_token", refresh_token: "r", client_id: "public" });
  });

  it("not at all where the server takes no secret: nothing is sent", async () => {
    const http = new ScriptedHttp();
    const sent = refresh(http, party(["none", "private_key_jwt"]), new Secret("r"));
    await expect(sent).rejects.toMatchObject({ code: "client_misconfigured" });
    expect(http.requests).toEqual([]);
  });
});

describe("a token request", () => {
  async function codeGrant(of: Party): Promise<CodeGrant> {
    const redirectUri = "http://localhost:8484/callback";
    const asked = await authorizationRequest(of, { scopes: [], redirectUri }, ports);
    const redirect = readRedirect(new URLSearchParams({ state: asked.state, code: "c" }), asked, of);
    if (redirect.kind !== "code") throw new Error(redirect.kind);
    return { parameters: redirect.parameters, redirectUri, codeVerifier: asked.codeVerifier };
  }

  it("for a code has the redirect URI and the verifier of its request", async () => {
    const http = new ScriptedHttp(json(200, {}));
    const of = party(["client_secret_post"], { id: "c", secret: undefined });
    const grant = await codeGrant(of);
    await exchangeCode(http, of, grant);
    expect(http.requests[0]).toMatchObject({ method: "POST", url: "https://id.example.com/token" });
    expect(http.requests[0]?.headers["accept"]).toBe("application/json");
    expect(http.form(0)).toEqual({
      grant_type: "authorization_code",
      code: "c",
      redirect_uri: grant.redirectUri,
      code_verifier: grant.codeVerifier?.reveal(),
      client_id: "c",
    });
    await exchangeCode(new ScriptedHttp(json(200, {})), of, { ...grant, codeVerifier: undefined });
  });

  it("has no verifier where the request had no challenge", async () => {
    const http = new ScriptedHttp(json(200, {}));
    const of = party(undefined, { id: "c", secret: undefined });
    await exchangeCode(http, of, { ...(await codeGrant(of)), codeVerifier: undefined });
    expect(http.form(0)).not.toHaveProperty("code_verifier");
  });

  it("for a device code, and for the client itself, is as its RFC has it", async () => {
    const http = new ScriptedHttp(json(200, {}), json(200, {}), json(200, {}));
    const of = party(undefined, { id: "c", secret: undefined });
    await deviceToken(http, of, new Secret("d"));
    await clientCredentials(http, of, ["daily"]);
    await clientCredentials(http, of, []);
    expect(http.form(0)).toEqual({
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      device_code: "d",
      client_id: "c",
    });
    expect(http.form(1)).toEqual({ grant_type: "client_credentials", scope: "extapi:daily", client_id: "c" });
    expect(http.form(2)).toEqual({ grant_type: "client_credentials", client_id: "c" });
  });

  it("needs a token endpoint", async () => {
    const metadata = metadataWithout("token_endpoint");
    const of = { provider: aProvider({ metadata }), client: confidential };
    await expect(refresh(new ScriptedHttp(), of, new Secret("r"))).rejects.toMatchObject({
      message: "Example has no token_endpoint",
    });
  });
});

describe("what became of it", () => {
  const of = party(["client_secret_post"]);

  it("is the answer as it came, whatever it is", async () => {
    for (const body of ['\uFEFF{"access_token":', "<html>\u0000", ""]) {
      const exchange = await refresh(new ScriptedHttp(text(503, body, "text/x")), of, new Secret("r"));
      expect(exchange).toEqual({ kind: "answered", raw: { status: 503, contentType: "text/x", body } });
    }
  });

  it("is that it was not sent", async () => {
    const http = new ScriptedHttp({ kind: "not_sent", reason: "dns" });
    expect(await refresh(http, of, new Secret("r"))).toEqual({ kind: "not_sent", reason: "dns" });
  });

  it("is that the answer was lost, with what arrived of it", async () => {
    const head = { status: 200, headers: { "content-type": "application/json" } };
    const partial = Buffer.from('{"access');
    const lost = { kind: "lost", reason: "truncated" } as const;
    const http = new ScriptedHttp({ ...lost, head, partial }, { ...lost, partial: Buffer.of() });
    expect(await refresh(http, of, new Secret("r"))).toEqual({
      ...lost,
      raw: { status: 200, contentType: "application/json", body: '{"access' },
    });
    expect(await refresh(http, of, new Secret("r"))).toEqual({ ...lost, raw: undefined });
  });
});
