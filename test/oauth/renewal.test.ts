import { expect, it } from "vitest";
import { exchangeAccessToken, refresh } from "../../src/oauth/token.ts";
import type { HttpRequest } from "../../src/ports.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { Secret } from "../../src/secret.ts";
import { missing } from "../support/readings.ts";
import { departing, json, ScriptedHttp } from "../support/scripted-http.ts";

const client = { id: "c", secret: new Secret("s") };
const FORM = {
  accept: "application/json",
  "content-type": "application/x-www-form-urlencoded;charset=UTF-8",
};

/** As it was sent, but for the name of the library. */
async function refreshed(declaration: ProviderDeclaration): Promise<HttpRequest> {
  const http = new ScriptedHttp(json(200, {}));
  await refresh(http, { provider: departing(declaration), client }, new Secret("r"));
  const [request] = http.requests;
  const { "user-agent": _, ...headers } = request?.headers ?? {};
  return { ...(request ?? missing()), headers };
}

it("a refresh is as RFC 6749 has it", async () => {
  expect(await refreshed({})).toEqual({
    method: "POST",
    url: "https://id.example.com/token",
    headers: FORM,
    body: "refresh_token=r&grant_type=refresh_token&client_id=c&client_secret=s",
  });
});

it("a refresh repeats the redirect URI where the server wants it, and one was declared", async () => {
  const provider = departing({ refresh_request: { sends_redirect_uri: true } });
  for (const [redirectUri, expected] of [
    ["http://localhost:8484/callback", "http://localhost:8484/callback"],
    [undefined, undefined],
  ] as const) {
    const http = new ScriptedHttp(json(200, {}));
    await refresh(http, { provider, client, redirectUri }, new Secret("r"));
    expect(http.form(0)["redirect_uri"]).toBe(expected);
  }
  expect((await refreshed({})).body).not.toContain("redirect_uri");
});

it("a refresh goes to an endpoint of its own, where there is one", async () => {
  const request = await refreshed({ refresh_endpoint: "https://api.example.com/refresh" });
  expect(request.url).toBe("https://api.example.com/refresh");
});

it("a refresh needs no other endpoint than its own", async () => {
  const { metadata, ...provider } = departing({ refresh_endpoint: "https://api.example.com/refresh" });
  const { token_endpoint: _, ...without } = metadata;
  const http = new ScriptedHttp(json(200, {}));
  await refresh(http, { provider: { ...provider, metadata: without }, client }, new Secret("r"));
  expect(http.requests).toHaveLength(1);
});

it("a refresh has parameters of its own, and none of the other token requests'", async () => {
  const request = await refreshed({
    refresh_parameters: { scope: "offline" },
    token_parameters: { action: "requesttoken" },
  });
  expect(Object.fromEntries(new URLSearchParams(request.body))).toEqual({
    grant_type: "refresh_token",
    refresh_token: "r",
    scope: "offline",
    client_id: "c",
    client_secret: "s",
  });
});

it("a refresh is in the address, and says nothing of the client, as Instagram has it", async () => {
  const request = await refreshed({
    refresh_endpoint: "https://graph.example.com/refresh?v=2",
    refresh_request: {
      method: "GET",
      grant_type: "ig_refresh_token",
      token_parameter: "access_token",
      client_authentication: "none",
    },
  });
  expect(request).toEqual({
    method: "GET",
    url: "https://graph.example.com/refresh?v=2&access_token=r&grant_type=ig_refresh_token",
    headers: { accept: "application/json" },
  });
});

it("a GET has its parameters in the address though other token requests are JSON", async () => {
  const request = await refreshed({ token_request_format: "json", refresh_request: { method: "GET" } });
  expect(request.url).toContain("?refresh_token=r&grant_type=refresh_token&client_id=c");
  expect(request).not.toHaveProperty("body");
});

it("a refresh is JSON where token requests are, without a grant type where the server takes none", async () => {
  const request = await refreshed({
    token_request_format: "json",
    token_headers: { "X-App": "{client_id}" },
    refresh_request: { grant_type: "" },
  });
  expect(request).toEqual({
    method: "POST",
    url: "https://id.example.com/token",
    headers: { accept: "application/json", "content-type": "application/json", "x-app": "c" },
    body: '{"refresh_token":"r","client_id":"c","client_secret":"s"}',
  });
});

it("an access token is exchanged for one that lasts, as Facebook has it", async () => {
  const provider = departing({
    exchange_endpoint: "https://graph.example.com/access_token",
    exchange_request: {
      method: "GET",
      grant_type: "fb_exchange_token",
      token_parameter: "fb_exchange_token",
    },
  });
  const http = new ScriptedHttp(json(200, {}));
  const exchange = provider.exchange ?? missing();
  await exchangeAccessToken(http, { provider, client }, { exchange, accessToken: new Secret("a") });
  expect(http.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "GET https://graph.example.com/access_token?fb_exchange_token=a&grant_type=fb_exchange_token&client_id=c&client_secret=s",
  ]);
});
