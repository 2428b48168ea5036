import { describe, expect, it } from "vitest";
import { authorizationRequest } from "../../src/oauth/authorization.ts";
import type { AuthorizationRequest } from "../../src/oauth/authorization.ts";
import type { Party } from "../../src/oauth/client.ts";
import { readRedirect } from "../../src/oauth/redirect.ts";
import type { Provider, ServerMetadata } from "../../src/providers/provider.ts";
import { CANARIES, expectNoCanary } from "../support/canary.ts";
import { realRandom } from "../support/grant-ports.ts";
import { aProvider, departing, metadataWithout, ScriptedHttp } from "../support/scripted-http.ts";

const ports = { http: new ScriptedHttp(), random: realRandom };
const redirectUri = "http://localhost:8484/callback";
const issuer = "https://id.example.com";

function party(metadata: Partial<ServerMetadata> = {}): Party {
  const provider = aProvider();
  return of({ ...provider, metadata: { ...provider.metadata, ...metadata } });
}

function of(provider: Provider): Party {
  return { provider, client: { id: "client", secret: undefined } };
}

function request(asking = party()): Promise<AuthorizationRequest> {
  return authorizationRequest(asking, { scopes: [], redirectUri }, ports);
}

describe("a redirect", () => {
  async function kindOf(
    query: Record<string, string> | [string, string][],
    asking = party(),
  ): Promise<string> {
    const asked = await request(asking);
    const parameters = new URLSearchParams(query);
    if (parameters.get("state") === "right") parameters.set("state", asked.state);
    return readRedirect(parameters, asked, asking).kind;
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

describe("a redirect to a server of two generations", () => {
  const v2 = { issuer: "https://id.example.com/v2", token_endpoint: "https://id.example.com/v2/token" };

  async function answering(provider: Provider, iss: Record<string, string>): Promise<string | undefined> {
    const asked = await request(of(provider));
    const query = new URLSearchParams({ state: asked.state, code: "c", ...iss });
    const redirect = readRedirect(query, asked, of(provider));
    return redirect.kind === "code" ? redirect.provider.metadata.token_endpoint : redirect.kind;
  }

  it.each<[string, Record<string, string>, string]>([
    ["without iss is the first one's", {}, "https://id.example.com/token"],
    ["with the first one's iss is its own", { iss: issuer }, "https://id.example.com/token"],
    ["with the other's iss is that one's", { iss: v2.issuer }, v2.token_endpoint],
    ["with neither's iss is nobody's", { iss: "https://evil.example" }, "wrong_issuer"],
  ])("%s", async (_what, iss, endpoint) => {
    const provider = departing({ generations: [v2] });
    expect(await answering(provider, iss)).toBe(endpoint);
  });

  it("is told apart though the first one names no issuer", async () => {
    const provider = { ...departing({ generations: [v2] }), metadata: metadataWithout("issuer") };
    expect(await answering(provider, {})).toBe("https://id.example.com/token");
    expect(await answering(provider, { iss: v2.issuer })).toBe(v2.token_endpoint);
    expect(await answering(provider, { iss: issuer })).toBe("wrong_issuer");
  });
});
