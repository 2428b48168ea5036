import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { authorizationRequest } from "../../src/oauth/authorization.ts";
import type { AuthorizationRequest } from "../../src/oauth/authorization.ts";
import type { Party } from "../../src/oauth/client.ts";
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

  it("leaves PKCE out only where the server says that it does not take S256", async () => {
    const plain = await request(party({ code_challenge_methods_supported: ["plain"] }));
    expect(plain.codeVerifier).toBeUndefined();
    expect(plain.url).not.toContain("code_challenge");
    const both = await request(party({ code_challenge_methods_supported: ["plain", "S256"] }));
    expect(both.codeVerifier).toBeDefined();
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
