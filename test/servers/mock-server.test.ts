import { OAuth2Server } from "oauth2-mock-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { prepareClientCredentials } from "../../src/grants/client-credentials.ts";
import type { GrantRequest } from "../../src/grants/prepared.ts";
import { isWellFormed } from "../../src/oauth/answer.ts";
import type { Reading } from "../../src/oauth/answer.ts";
import { discover } from "../../src/oauth/discovery.ts";
import { revoke } from "../../src/oauth/revocation.ts";
import { refresh } from "../../src/oauth/token.ts";
import { verify } from "../../src/oauth/verification.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { providerFromDeclaration } from "../../src/providers/model.ts";
import { Secret } from "../../src/secret.ts";
import { CANARIES } from "../support/canary.ts";
import { granted, missing, reading } from "../support/readings.ts";
import { authorizeVisited, http } from "./visited.ts";
import { Visitor } from "./visitor.ts";

const SPENT = new Secret("spent-refresh-token");

/** What the mock lets a test change of an answer before it goes out. */
interface Answer {
  statusCode: number;
  body: Record<string, unknown> | "";
}

describe("with oauth2-mock-server", () => {
  let server: OAuth2Server;

  beforeEach(async () => {
    server = new OAuth2Server();
    await server.issuer.keys.generate("ES256");
    await server.start(0, "localhost");
  });

  afterEach(() => server.stop());

  async function wish(departures: ProviderDeclaration = {}): Promise<GrantRequest> {
    const issuer = server.issuer.url ?? missing();
    const declared = { issuer, verification_endpoint: `${issuer}/userinfo`, ...departures };
    return {
      provider: await discover(http, providerFromDeclaration(declared)),
      client: { id: "client", secret: undefined },
      scopes: ["openid", "daily"],
      redirectUri: undefined,
      timeoutSeconds: 60,
    };
  }

  const visit = async (url: string): Promise<void> => {
    await new Visitor().open(url);
  };

  function answering(change: (answer: Answer) => void): void {
    server.service.once("beforeResponse", change);
  }

  /** A refresh whose answer is changed on its way out. */
  async function refreshed(
    change: (answer: Answer) => void,
    departures: ProviderDeclaration = {},
  ): Promise<Reading & { readonly counts: boolean }> {
    const request = await wish(departures);
    answering(change);
    const exchange = await refresh(http, request, SPENT);
    if (exchange.kind !== "answered") throw new Error(exchange.kind);
    const counts = isWellFormed(exchange.raw, request.provider);
    return { ...(await reading(exchange, request, SPENT)), counts };
  }

  it("the code grant with PKCE, a refresh and a revocation go through", async () => {
    const request = await wish();
    const first = await authorizeVisited(request, visit);
    // It says of the scope what it was told, and that is "dummy" where nobody repeats the scope.
    expect(first.scope).toEqual(["dummy"]);
    const { refreshToken = missing() } = first;
    const second = await granted(await refresh(http, request, refreshToken), request, refreshToken);
    expect(second.refreshToken?.reveal()).not.toBe(refreshToken.reveal());
    expect(await verify(http, request, second.accessToken)).toEqual({ kind: "works" });
    expect(await revoke(http, request, second)).toEqual({ kind: "revoked" });
  });

  it("a redirect that says another issuer than the metadata is refused before its code is burned", async () => {
    const request = await wish();
    let burned = false;
    answering(() => {
      burned = true;
    });
    server.service.once("beforeAuthorizeRedirect", ({ url }: { readonly url: URL }) => {
      url.searchParams.set("iss", "https://other.example");
    });
    await expect(authorizeVisited(request, visit)).rejects.toMatchObject({ code: "provider_drift" });
    expect(burned).toBe(false);
  });

  it("an issuer with a slash at its end is another than without", async () => {
    const { issuer } = server;
    issuer.url = `${issuer.url ?? ""}/`;
    expect((await wish()).provider.metadata.token_endpoint).toBe(`${issuer.url}token`);
    const bare = { issuer: issuer.url.slice(0, -1) };
    await expect(wish(bare)).rejects.toMatchObject({ code: "provider_drift" });
  });

  it("a secret for a server that says to take none is sent where the client says how, and else refused", async () => {
    const request = await wish();
    expect(request.provider.metadata.token_endpoint_auth_methods_supported).toEqual(["none"]);
    const client = { id: "client", secret: new Secret(CANARIES.clientSecret) };
    const unsaid = refresh(http, { ...request, client }, SPENT);
    await expect(unsaid).rejects.toMatchObject({ code: "client_misconfigured" });
    const said = { ...request, client: { ...client, authMethod: "client_secret_basic" } } as const;
    expect(await granted(await refresh(http, said, SPENT), said)).toMatchObject({ tokenType: "bearer" });
  });

  it("client credentials bring no refresh token", async () => {
    const request = await wish();
    const tokens = await granted(await prepareClientCredentials(request, { http }).burn(), request);
    expect(tokens).toMatchObject({ refreshToken: undefined, scope: ["openid", "daily"] });
  });

  it.each<[what: string, change: (body: Record<string, unknown>) => unknown]>([
    ["its lifetime as text", (body) => (body["expires_in"] = "3600")],
    ["no token type", (body) => delete body["token_type"]],
    ["an ID token that is null", (body) => (body["id_token"] = null)],
    ["its scopes in a list", (body) => (body["scope"] = ["openid", "daily"])],
    ["an error that is null", (body) => (body["error"] = null)],
  ])("an answer with %s is one", async (_, change) => {
    const read = await refreshed(({ body }) => body !== "" && change(body));
    expect(read).toMatchObject({ kind: "tokens", counts: true });
    expect(read.kind === "tokens" && read.tokens.expiresAt).toBeInstanceOf(Date);
  });

  it("an answer with status 201 is one", async () => {
    const read = await refreshed((answer) => (answer.statusCode = 201));
    expect(read).toMatchObject({ kind: "tokens", counts: true });
  });

  it("an answer without a refresh token keeps the one that was sent", async () => {
    const read = await refreshed(({ body }) => body !== "" && delete body["refresh_token"]);
    expect(read.kind === "tokens" && read.tokens.refreshToken).toBe(SPENT);
  });

  it("tokens inside an object are found where it is declared", async () => {
    const nest = (answer: Answer) => (answer.body = { result: answer.body });
    expect(await refreshed(nest)).toMatchObject({ kind: "error", counts: false });
    const members = { access_token: "/result/access_token", refresh_token: "/result/refresh_token" };
    const read = await refreshed(nest, { token_response: { members } });
    expect(read).toMatchObject({ kind: "tokens", counts: true });
    expect(read.kind === "tokens" && read.tokens.refreshToken).not.toBe(SPENT);
  });

  it("an error with status 200 is an error", async () => {
    const read = await refreshed((answer) => (answer.body = { error: "invalid_grant" }));
    expect(read).toMatchObject({
      errorClass: "reauthorization_required",
      code: "invalid_grant",
      counts: true,
    });
  });

  it("a refresh token beside an access token that is missing is the live one", async () => {
    const read = await refreshed(({ body }) => body !== "" && delete body["access_token"]);
    expect(read).toMatchObject({ kind: "error", code: "no_access_token", counts: false });
    expect(read.kind === "error" && read.refreshToken?.reveal()).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([500, 502, 503])("a %i says nothing of the token, whatever its body says", async (statusCode) => {
    const refusal = { statusCode, body: { error: "invalid_grant" } };
    const read = await refreshed((answer) => Object.assign(answer, refusal));
    expect(read).toMatchObject({ kind: "error", errorClass: "transient", counts: false });
  });

  it("a token that has no end by its answer has the one that is in it, where that is declared", async () => {
    const forget = ({ body }: Answer) => body !== "" && delete body["expires_in"];
    const silent = await refreshed(forget);
    expect(silent.kind === "tokens" && silent.tokens.expiresAt).toBeUndefined();
    const told = await refreshed(forget, { access_token_is_jwt: true });
    expect(told.kind === "tokens" && told.tokens.expiresAt).toBeInstanceOf(Date);
  });

  it("a resource that forbids is not one that refuses", async () => {
    const request = await wish();
    const tokens = await granted(await refresh(http, request, SPENT), request);
    server.service.once("beforeUserinfo", (answer: Answer) => (answer.statusCode = 403));
    expect(await verify(http, request, tokens.accessToken)).toEqual({ kind: "forbidden" });
    server.service.once("beforeUserinfo", (answer: Answer) => (answer.statusCode = 401));
    expect(await verify(http, request, tokens.accessToken)).toEqual({ kind: "refused" });
  });

  it("a revocation that fails is said, and is none", async () => {
    const request = await wish();
    const tokens = await granted(await refresh(http, request, SPENT), request);
    server.service.on("beforeRevoke", (answer: Answer) => (answer.statusCode = 503));
    expect(await revoke(http, request, tokens)).toMatchObject({ kind: "failed", errorClass: "transient" });
  });
});
