import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ALLOW_ALL, consent } from "../../../src/sandbox/scripted-person.ts";
import type { TestClient } from "./client.ts";
import { authorizationUrl, connect, post, REDIRECT_URI, SCOPE } from "./client.ts";

const VERIFIER = "v".repeat(43);
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");
const REQUEST = {
  response_type: "code",
  client_id: "the app",
  redirect_uri: REDIRECT_URI,
  scope: SCOPE,
  state: "s",
};
const PKCE = { code_challenge: CHALLENGE, code_challenge_method: "S256" };

async function codeFor(test: TestClient, parameters: Readonly<Record<string, string>>): Promise<string> {
  const callback = await consent(test.sandbox.handler, authorizationUrl(test, parameters), ALLOW_ALL);
  return new URL(callback).searchParams.get("code") ?? "";
}

function redeem(test: TestClient, form: Readonly<Record<string, string>>): ReturnType<typeof post> {
  const { registered, server } = test;
  const client = { client_id: registered.id, client_secret: registered.secret ?? "" };
  return post(String(server.token_endpoint), { grant_type: "authorization_code", ...client, ...form });
}

describe("the authorization endpoint", () => {
  it.each([
    ["an unknown client", { ...REQUEST, client_id: "nobody" }],
    ["a redirect URI on another port", { ...REQUEST, redirect_uri: "http://localhost:8485/callback" }],
    ["a redirect URI that is cut short", { ...REQUEST, redirect_uri: REDIRECT_URI.slice(0, -1) }],
    ["a redirect URI with a slash more", { ...REQUEST, redirect_uri: `${REDIRECT_URI}/` }],
    ["the same address by another name", { ...REQUEST, redirect_uri: "http://127.0.0.1:8484/callback" }],
  ])("shows %s a page, and sends nobody anywhere", async (_fault, parameters) => {
    const test = await connect();
    const response = await fetch(authorizationUrl(test, parameters), { redirect: "manual" });
    expect(response.status).toBe(400);
    expect(response.headers.has("location")).toBe(false);
  });

  it.each([
    ["invalid_scope", { ...REQUEST, scope: "extapi:everything" }],
    ["unsupported_response_type", { ...REQUEST, response_type: "token" }],
    ["invalid_request", { ...REQUEST, code_challenge: "short", code_challenge_method: "S256" }],
    ["invalid_request", { ...REQUEST, ...PKCE, code_challenge_method: "S512" }],
  ])("sends %s back with state and iss", async (error, parameters) => {
    const test = await connect();
    const response = await fetch(authorizationUrl(test, parameters), { redirect: "manual" });
    const location = new URL(response.headers.get("location") ?? "");
    const { issuer } = test.server;
    expect(Object.fromEntries(location.searchParams)).toEqual({ error, state: "s", iss: issuer });
  });

  it("shows a page that runs nothing, loads nothing, and may lead to the redirect URI's origin alone", async () => {
    const test = await connect({ id: "<b>the app</b>" });
    const response = await fetch(authorizationUrl(test, { ...REQUEST, client_id: "<b>the app</b>" }));
    const policy = response.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' http://localhost:8484;");
    expect(await response.text()).toContain("&lt;b&gt;the app");
  });

  it("takes the only registered redirect URI when the request names none", async () => {
    const test = await connect();
    const code = await codeFor(test, { response_type: "code", client_id: "the app", scope: SCOPE });
    expect((await redeem(test, { code })).status).toBe(200);
  });
});

describe("the consent form", () => {
  it("counts only with the page's own token, and once", async () => {
    const test = await connect();
    const page = await (await fetch(authorizationUrl(test, REQUEST))).text();
    const [, id = ""] = /name="consent" value="([^"]+)"/.exec(page) ?? [];
    const [, csrfToken = ""] = /name="csrf_token" value="([^"]+)"/.exec(page) ?? [];
    const submit = async (form: Readonly<Record<string, string>>): Promise<number> => {
      const body = new URLSearchParams({ consent: id, decision: "allow", ...form });
      const address = `${test.origin}/oauth/v2/ext/consent`;
      return (await fetch(address, { method: "POST", body, redirect: "manual" })).status;
    };
    expect(await submit({})).toBe(400);
    expect(await submit({ csrf_token: "guess" })).toBe(400);
    expect(await submit({ csrf_token: csrfToken })).toBe(303);
    expect(await submit({ csrf_token: csrfToken })).toBe(400);
  });
});

describe("a code", () => {
  const good = { redirect_uri: REDIRECT_URI, code_verifier: VERIFIER };

  it.each([
    ["without its verifier", { redirect_uri: REDIRECT_URI }],
    ["with another verifier", { ...good, code_verifier: "w".repeat(43) }],
    ["without its redirect URI", { code_verifier: VERIFIER }],
    ["with another redirect URI", { ...good, redirect_uri: `${REDIRECT_URI}/` }],
  ])("buys nothing %s", async (_fault, form) => {
    const test = await connect();
    const code = await codeFor(test, { ...REQUEST, ...PKCE });
    expect(await redeem(test, { ...form, code })).toMatchObject({
      status: 400,
      body: { error: "invalid_grant" },
    });
    expect((await redeem(test, { ...good, code })).status).toBe(200);
  });

  it("buys nothing when a verifier comes and no challenge went before", async () => {
    const test = await connect();
    const code = await codeFor(test, REQUEST);
    expect((await redeem(test, { ...good, code })).body).toMatchObject({ error: "invalid_grant" });
  });

  it("lives for a minute", async () => {
    const test = await connect();
    const code = await codeFor(test, { ...REQUEST, ...PKCE });
    test.clock.passSeconds(60);
    expect((await redeem(test, { ...good, code })).body).toMatchObject({ error: "invalid_grant" });
  });

  it("used twice takes back what it bought", async () => {
    const test = await connect();
    const code = await codeFor(test, { ...REQUEST, ...PKCE });
    const { body } = await redeem(test, { ...good, code });
    expect((await redeem(test, { ...good, code })).status).toBe(400);
    const headers = { authorization: `Bearer ${String(body["access_token"])}` };
    const response = await fetch(`${test.origin}/v2/usercollection/personal_info`, { headers });
    expect(response.status).toBe(401);
  });
});

describe("the token endpoint", () => {
  it.each([
    [400, "unsupported_grant_type", { grant_type: "password" }],
    [401, "invalid_client", { client_secret: "wrong" }],
    [401, "invalid_client", { client_id: "nobody" }],
    [400, "invalid_grant", { grant_type: "refresh_token", refresh_token: "nonsense" }],
    [400, "invalid_grant", { code: "nonsense" }],
  ])("answers %i %s where it must", async (status, error, form) => {
    const test = await connect();
    expect(await redeem(test, form)).toMatchObject({ status, body: { error } });
  });

  it("takes a client's secret with HTTP Basic, in which both halves are form-encoded", async () => {
    const test = await connect({ secret: "a:b c%&+" });
    const form = { grant_type: "client_credentials", scope: "personal" };
    const credentials = Buffer.from("the+app:a%3Ab+c%25%26%2B").toString("base64");
    const headers = { authorization: `Basic ${credentials}` };
    const body = new URLSearchParams(form);
    const response = await fetch(String(test.server.token_endpoint), { method: "POST", headers, body });
    expect(response.status).toBe(200);
  });
});

describe("Oura's old server", () => {
  it("grants bare scopes, names no issuer, and ends a grant by a query", async () => {
    const test = await connect({ generation: "legacy" });
    const url = `${test.origin}/oauth/authorize?${new URLSearchParams({ ...REQUEST, scope: "personal" }).toString()}`;
    const callback = new URL(await consent(test.sandbox.handler, url, ALLOW_ALL));
    expect(callback.searchParams.has("iss")).toBe(false);
    const code = callback.searchParams.get("code") ?? "";
    const { id, secret = "" } = test.registered;
    const client = { client_id: id, client_secret: secret };
    const form = { ...client, grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI };
    const { body } = await post(`${test.origin}/oauth/token`, form);
    expect(body["scope"]).toBe("personal");
    const { access_token: accessToken, refresh_token: refreshToken } = body as Record<string, string>;
    const revoked = await fetch(`${test.origin}/oauth/revoke?access_token=${String(accessToken)}`, {
      method: "POST",
    });
    expect(revoked.status).toBe(200);
    const again = { ...client, grant_type: "refresh_token", refresh_token: String(refreshToken) };
    expect((await post(`${test.origin}/oauth/token`, again)).body).toMatchObject({ error: "invalid_grant" });
  });

  it("refuses a client of the new portal, and calls its refresh a bad request", async () => {
    const test = await connect();
    const { id, secret = "" } = test.registered;
    const form = { client_id: id, client_secret: secret, grant_type: "refresh_token", refresh_token: "r" };
    const address = `${test.origin}/oauth/token`;
    expect(await post(address, form)).toMatchObject({ status: 400, body: { error: "invalid_request" } });
    const exchange = { ...form, grant_type: "authorization_code" };
    expect(await post(address, exchange)).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  });
});
