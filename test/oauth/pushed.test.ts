import { describe, expect, it } from "vitest";
import { authorizationRequest } from "../../src/oauth/authorization.ts";
import type { AuthorizationRequest } from "../../src/oauth/authorization.ts";
import type { HttpOutcome } from "../../src/ports.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { Secret } from "../../src/secret.ts";
import { CANARIES, expectNoCanary } from "../support/canary.ts";
import { realRandom } from "../support/grant-ports.ts";
import { departing, json, ScriptedHttp, text } from "../support/scripted-http.ts";

const redirectUri = "http://localhost:8484/callback";
const client = { id: "c", secret: new Secret("s") };
const PUSHED: ProviderDeclaration = {
  pushed_authorization_request_endpoint: "https://id.example.com/par",
  require_pushed_authorization_requests: true,
};

function request(http: ScriptedHttp, declaration = PUSHED): Promise<AuthorizationRequest> {
  const party = { provider: departing(declaration), client };
  return authorizationRequest(party, { scopes: ["daily"], redirectUri }, { http, random: realRandom });
}

describe("a server that takes pushed requests alone", () => {
  it("gets the request from the client that proves itself, and the browser no more than its name", async () => {
    const http = new ScriptedHttp(json(201, { request_uri: "urn:example:7", expires_in: 60 }));
    const { url, state, codeVerifier } = await request(http);
    expect(url).toBe("https://id.example.com/authorize?client_id=c&request_uri=urn%3Aexample%3A7");
    expect(http.requests[0]).toMatchObject({ method: "POST", url: "https://id.example.com/par" });
    expect(http.form(0)).toEqual({
      response_type: "code",
      client_id: "c",
      client_secret: "s",
      redirect_uri: redirectUri,
      scope: "daily",
      state,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge_method: "S256",
    });
    expect(codeVerifier).toBeDefined();
  });

  it("gets the client's id by its own name for it, in both places", async () => {
    const http = new ScriptedHttp(json(201, { request_uri: "urn:example:7" }));
    const { url } = await request(http, { ...PUSHED, client_id_parameter: "client_key" });
    expect(url).toBe("https://id.example.com/authorize?client_key=c&request_uri=urn%3Aexample%3A7");
    expect(http.form(0)).toMatchObject({ client_key: "c" });
    expect(http.form(0)).not.toHaveProperty("client_id");
  });

  it.each<[string, HttpOutcome, string]>([
    ["a client that it does not know", json(401, { error: "invalid_client" }), "client_misconfigured"],
    ["an answer without a name", json(201, { expires_in: 60 }), "provider_drift"],
    ["an error with a name", json(400, { request_uri: "urn:example:7" }), "provider_drift"],
    ["a server in trouble", text(503, "<html>"), "transient"],
    ["no answer", { kind: "lost", reason: "timeout", partial: Buffer.of() }, "transient"],
    ["a text as error", json(400, { error: CANARIES.accessToken }), "provider_drift"],
  ])("ends it with %s", async (_what, outcome, code) => {
    const failure: unknown = await request(new ScriptedHttp(outcome)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "SealringError", code });
    expect(failure).toHaveProperty("message", expect.stringContaining("pushed authorization request"));
    expectNoCanary(String(failure));
  });

  it("has to have an endpoint for them", async () => {
    const sent = request(new ScriptedHttp(), { require_pushed_authorization_requests: true });
    await expect(sent).rejects.toMatchObject({
      message: "Example has no pushed_authorization_request_endpoint",
    });
  });
});

it("a server that also takes pushed requests gets none", async () => {
  const http = new ScriptedHttp();
  const { url } = await request(http, { ...PUSHED, require_pushed_authorization_requests: false });
  expect(new URL(url).searchParams.get("redirect_uri")).toBe(redirectUri);
});
