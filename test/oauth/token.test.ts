import { describe, expect, it } from "vitest";
import type { OAuthClient, Party } from "../../src/oauth/client.ts";
import { clientCredentials, deviceToken, exchangeCode, refresh } from "../../src/oauth/token.ts";
import type { CodeGrant } from "../../src/oauth/token.ts";
import { authorizationRequest } from "../../src/oauth/authorization.ts";
import { readRedirect } from "../../src/oauth/redirect.ts";
import type { HttpRequest } from "../../src/ports.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
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

  describe("where the provider departs from that", () => {
    const client: OAuthClient = { id: "c", secret: new Secret("s") };
    const basic: ProviderDeclaration = { token_endpoint_auth_methods_supported: ["client_secret_basic"] };

    /** One request of each kind that is no refresh, as it was sent. */
    async function sent(declaration: ProviderDeclaration): Promise<readonly HttpRequest[]> {
      const http = new ScriptedHttp(json(200, {}), json(200, {}), json(200, {}));
      const of = { provider: departing(declaration), client };
      await exchangeCode(http, of, { ...(await codeGrant(of)), codeVerifier: undefined });
      await deviceToken(http, of, new Secret("d"));
      await clientCredentials(http, of, ["daily", "email"]);
      return http.requests;
    }

    const names = ({ body = "" }: HttpRequest): string[] => [...new URLSearchParams(body).keys()].sort();

    it("it is a JSON object, with how the client proves itself in it", async () => {
      const [code, device, own] = await sent({ token_request_format: "json" });
      expect(code?.headers["content-type"]).toBe("application/json");
      expect(JSON.parse(code?.body ?? "")).toEqual({
        grant_type: "authorization_code",
        code: "c",
        redirect_uri: "http://localhost:8484/callback",
        client_id: "c",
        client_secret: "s",
      });
      expect(JSON.parse(device?.body ?? "")).toMatchObject({ device_code: "d", client_secret: "s" });
      expect(JSON.parse(own?.body ?? "")).toMatchObject({ scope: "daily email", client_id: "c" });
      const [byBasic] = await sent({ token_request_format: "json", ...basic });
      expect(byBasic?.headers["authorization"]).toBe("Basic Yzpz");
      expect(JSON.parse(byBasic?.body ?? "")).not.toHaveProperty("client_secret");
    });

    it("it has headers of the provider's, with the client's id, beside the usual ones", async () => {
      const requests = await sent({
        token_headers: { "Notion-Version": "2022-06-28", "X-Id": "<{client_id}>" },
      });
      for (const { headers } of requests) {
        expect(headers).toMatchObject({
          "notion-version": "2022-06-28",
          "x-id": "<c>",
          accept: "application/json",
        });
      }
    });

    it("it has parameters of the provider's", async () => {
      const requests = await sent({ token_parameters: { action: "requesttoken" } });
      expect(requests.map(({ body }) => new URLSearchParams(body).get("action"))).toEqual(
        Array(3).fill("requesttoken"),
      );
    });

    it("it names client and device code as the provider does, and polls where the provider has it", async () => {
      const requests = await sent({
        client_id_parameter: "client_key",
        device_token_endpoint: "https://id.example.com/device/token",
        device_authorization: { code_parameter: "code" },
      });
      const [code, device, own] = requests.map(names);
      expect(code).toEqual(["client_key", "client_secret", "code", "grant_type", "redirect_uri"]);
      expect(device).toEqual(["client_key", "client_secret", "code", "grant_type"]);
      expect(own).toEqual(["client_key", "client_secret", "grant_type", "scope"]);
      expect(requests.map(({ url }) => new URL(url).pathname)).toEqual(["/token", "/device/token", "/token"]);
    });

    it("its scopes stand apart as the provider has it", async () => {
      const [, , own] = await sent({ scope_separator: "," });
      expect(new URLSearchParams(own?.body).get("scope")).toBe("daily,email");
    });
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
