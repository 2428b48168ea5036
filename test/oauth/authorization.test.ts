import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { authorizationRequest, readRedirect } from "../../src/oauth/authorization.ts";
import type { AuthorizationRequest } from "../../src/oauth/authorization.ts";
import type { Party } from "../../src/oauth/client.ts";
import type { ServerMetadata } from "../../src/providers/provider.ts";
import { CANARIES, expectNoCanary } from "../support/canary.ts";
import { realRandom } from "../support/grant-ports.ts";
import { aProvider, departing, metadataWithout } from "../support/scripted-http.ts";

const redirectUri = "http://localhost:8484/callback";

function party(metadata: Partial<ServerMetadata> = {}): Party {
  const provider = departing({ scope_prefix: "extapi:" });
  return {
    provider: { ...provider, metadata: { ...provider.metadata, ...metadata } },
    client: { id: "client", secret: undefined },
  };
}

function request(of = party()): Promise<AuthorizationRequest> {
  return authorizationRequest(of, { scopes: ["daily", "extapi:email"], redirectUri }, realRandom);
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

describe("a redirect", () => {
  const issuer = "https://id.example.com";

  async function kindOf(query: Record<string, string> | [string, string][], of = party()): Promise<string> {
    const asked = await request(of);
    const parameters = new URLSearchParams(query);
    if (parameters.get("state") === "right") parameters.set("state", asked.state);
    return readRedirect(parameters, asked, of).kind;
  }

  it.each<[string, Record<string, string> | [string, string][], string]>([
    ["with state and code", { state: "right", code: "c" }, "code"],
    ["with the right iss", { state: "right", code: "c", iss: issuer }, "code"],
    ["with parameters that nobody knows", { state: "right", code: "c", scope: "daily", x: "" }, "code"],
    ["without state", { code: "c" }, "wrong_state"],
    ["with another state", { state: "wrong", code: "c" }, "wrong_state"],
    ["with an error but no state", { error: "access_denied" }, "wrong_state"],
    ["with another iss", { state: "right", code: "c", iss: "https://evil.example" }, "wrong_issuer"],
    [
      "with another iss and an error",
      { state: "right", error: "access_denied", iss: "https://evil.example" },
      "wrong_issuer",
    ],
    ["with the iss written otherwise", { state: "right", code: "c", iss: `${issuer}/` }, "wrong_issuer"],
    ["with an error", { state: "right", error: "access_denied" }, "error"],
    ["with an empty code", { state: "right", code: "" }, "malformed"],
    ["with nothing else", { state: "right" }, "malformed"],
    [
      "with two codes",
      [
        ["state", "right"],
        ["code", "c"],
        ["code", "d"],
      ],
      "malformed",
    ],
    ["with an access token", { state: "right", code: "c", id_token: "x" }, "malformed"],
  ])("%s", async (_what, query, kind) => {
    expect(await kindOf(query)).toBe(kind);
  });

  it("with two states is another's, even if one of them is right", async () => {
    const asked = await request();
    const query = new URLSearchParams([
      ["state", asked.state],
      ["state", "x"],
      ["code", "c"],
    ]);
    expect(readRedirect(query, asked, party()).kind).toBe("wrong_state");
  });

  it("has to have iss where the server says that it always has", async () => {
    const always = party({ authorization_response_iss_parameter_supported: true });
    expect(await kindOf({ state: "right", code: "c" }, always)).toBe("wrong_issuer");
    expect(await kindOf({ state: "right", code: "c", iss: issuer }, always)).toBe("code");
  });

  it("may have any iss where no issuer is known to compare it with", async () => {
    const metadata = metadataWithout("issuer");
    const unknown = { ...party(), provider: aProvider({ metadata }) };
    expect(await kindOf({ state: "right", code: "c", iss: "https://whoever.example" }, unknown)).toBe("code");
  });

  it("never lets the provider's text through", async () => {
    const asked = await request();
    const query = new URLSearchParams({
      state: asked.state,
      error: CANARIES.accessToken,
      error_description: CANARIES.refreshToken,
    });
    const redirect = readRedirect(query, asked, party());
    expect(redirect).toEqual({ kind: "error", errorClass: "provider_drift", code: "unregistered_error" });
    expectNoCanary(JSON.stringify(redirect));
  });
});
