import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { authorizationRequest } from "../../src/oauth/authorization.ts";
import type { AuthorizationRequest } from "../../src/oauth/authorization.ts";
import type { Party } from "../../src/oauth/client.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import type { ServerMetadata } from "../../src/providers/provider.ts";
import { realRandom } from "../support/grant-ports.ts";
import { aProvider, departing, metadataWithout, ScriptedHttp } from "../support/scripted-http.ts";

const ports = { http: new ScriptedHttp(), random: realRandom };
const redirectUri = "http://localhost:8484/callback";

function party(metadata: Partial<ServerMetadata> = {}): Party {
  const provider = departing({ scope_prefix: "extapi:" });
  return {
    provider: { ...provider, metadata: { ...provider.metadata, ...metadata } },
    client: { id: "client", secret: undefined },
  };
}

function request(of = party()): Promise<AuthorizationRequest> {
  return authorizationRequest(of, { scopes: ["daily", "extapi:email"], redirectUri }, ports);
}

describe("the authorization request", () => {
  it("asks for a code with prefixed scopes, state and PKCE S256, at the exact redirect URI", async () => {
    const { url, state, codeVerifier } = await request();
    expect(url.startsWith("https://id.example.com/authorize?")).toBe(true);
    const challenge = createHash("sha256")
      .update(codeVerifier?.reveal() ?? "")
      .digest("base64url");
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
      response_type: "code",
      client_id: "client",
      redirect_uri: redirectUri,
      scope: "extapi:daily extapi:email",
      state,
      code_challenge: challenge,
      code_challenge_method: "S256",
    });
    expect(codeVerifier?.reveal()).toMatch(/^[\w-]{43}$/);
    expect(state).toMatch(/^[\w-]{43}$/);
  });

  it("keeps the query of the authorization endpoint", async () => {
    const { url } = await request(party({ authorization_endpoint: "https://id.example.com/a?tenant=7" }));
    expect(new URL(url).searchParams.get("tenant")).toBe("7");
  });

  it.each<[ProviderDeclaration, "S256" | "plain" | null]>([
    [{}, "S256"],
    [{ code_challenge_methods_supported: ["plain", "S256"] }, "S256"],
    [{ code_challenge_methods_supported: ["plain"] }, null],
    [{ code_challenge_methods_supported: ["plain"], pkce_required: true }, "plain"],
    [{ code_challenge_methods_supported: [] }, null],
    [{ pkce_required: true }, "S256"],
  ])("to a server of %j has the PKCE method %s", async (declaration, method) => {
    const { url, codeVerifier } = await request({ ...party(), provider: departing(declaration) });
    const { searchParams } = new URL(url);
    expect(searchParams.get("code_challenge_method")).toBe(method);
    expect(searchParams.has("code_challenge")).toBe(method !== null);
    expect(codeVerifier !== undefined).toBe(method !== null);
    if (method === "plain") expect(searchParams.get("code_challenge")).toBe(codeVerifier?.reveal());
  });

  it("is new each time", async () => {
    const [one, other] = [await request(), await request()];
    expect(one.state).not.toBe(other.state);
    expect(one.codeVerifier?.reveal()).not.toBe(other.codeVerifier?.reveal());
  });

  it("needs an authorization endpoint", async () => {
    const metadata = metadataWithout("authorization_endpoint");
    const without = { ...party(), provider: aProvider({ metadata }) };
    await expect(request(without)).rejects.toMatchObject({ code: "client_misconfigured" });
  });
});

describe("an authorization request otherwise than by the book", () => {
  async function parameters(declaration: ProviderDeclaration, scopes: string[]): Promise<object> {
    const of = { ...party(), provider: departing(declaration) };
    const { url } = await authorizationRequest(of, { scopes, redirectUri }, ports);
    const { state, code_challenge, code_challenge_method, response_type, redirect_uri, ...rest } =
      Object.fromEntries(new URL(url).searchParams);
    expect([state, code_challenge, code_challenge_method, response_type, redirect_uri]).not.toContain(
      undefined,
    );
    return rest;
  }

  it("has parameters of the provider's", async () => {
    const declaration = { authorization_parameters: { access_type: "offline", prompt: "consent" } };
    expect(await parameters(declaration, [])).toEqual({
      client_id: "client",
      access_type: "offline",
      prompt: "consent",
    });
  });

  it("names client and scopes as the provider does", async () => {
    const declaration = {
      client_id_parameter: "client_key",
      scope_parameter: "user_scope",
      scope_separator: ",",
    } as const;
    expect(await parameters(declaration, ["a", "b"])).toEqual({ client_key: "client", user_scope: "a,b" });
  });

  it("has scopes with a marker in a parameter of their own, without it", async () => {
    const declaration = { scope_parameters: [{ parameter: "user_scope", marker: "user/" }] };
    expect(await parameters(declaration, ["user/users:read", "chat:write", "user/search"])).toEqual({
      client_id: "client",
      scope: "chat:write",
      user_scope: "users:read search",
    });
    expect(await parameters(declaration, ["user/search"])).not.toHaveProperty("scope");
  });
});
