import { describe, expect, it } from "vitest";
import { preparedFrom } from "../../src/grants/code.ts";
import type { GrantRequest, PreparedGrant } from "../../src/grants/prepared.ts";
import { authorizationRequest } from "../../src/oauth/authorization.ts";
import { readRedirect } from "../../src/oauth/redirect.ts";
import type { HttpOutcome } from "../../src/ports.ts";
import type { Provider } from "../../src/providers/provider.ts";
import { Secret } from "../../src/secret.ts";
import { realRandom, RecordingProgress, SteppingClock } from "../support/grant-ports.ts";
import { departing, json, ScriptedHttp, text } from "../support/scripted-http.ts";

interface Prepared {
  readonly grant: PreparedGrant;
  readonly http: ScriptedHttp;
  readonly progress: RecordingProgress;
}

/** A grant whose redirect has come; these are the answers to what burning it sends. */
async function prepared(provider: Provider, iss: object, ...answers: HttpOutcome[]): Promise<Prepared> {
  const request: GrantRequest = {
    provider,
    client: { id: "c", secret: new Secret("s") },
    scopes: [],
    redirectUri: "http://localhost:8484/callback",
    timeoutSeconds: 300,
  };
  const http = new ScriptedHttp(...answers);
  const wish = { scopes: [], redirectUri: "http://localhost:8484/callback" };
  const asked = await authorizationRequest(request, wish, { http, random: realRandom });
  const query = new URLSearchParams({ state: asked.state, code: "c0de", ...iss });
  const redirect = readRedirect(query, asked, request);
  if (redirect.kind === "wrong_state") throw new Error("it has the right one");
  const progress = new RecordingProgress();
  const ports = { http, clock: new SteppingClock(), progress };
  return { grant: preparedFrom(redirect, asked, { ports, request }), http, progress };
}

const SHORT = json(200, { access_token: "short", expires_in: 3600 });
const LONG = json(200, { access_token: "long", expires_in: 5_184_000 });

describe("an access token that is exchanged for one that lasts", () => {
  const meta = departing({
    exchange_endpoint: "https://graph.example.com/exchange",
    exchange_request: { grant_type: "fb", token_parameter: "fb_token" },
  });

  it("is that which the code brought, and the lasting one is what was granted", async () => {
    const { grant, http, progress } = await prepared(meta, {}, SHORT, LONG);
    expect(await grant.burn()).toMatchObject({ raw: { body: expect.stringContaining("long") as string } });
    expect(http.requests.map(({ url }) => url)).toEqual([
      "https://id.example.com/token",
      "https://graph.example.com/exchange",
    ]);
    expect(http.form(1)).toMatchObject({ grant_type: "fb", fb_token: "short", client_secret: "s" });
    expect(progress.masked).toEqual(["short"]);
    expect(grant.maxSeconds).toBe(120);
  });

  it.each<[string, HttpOutcome]>([
    ["is refused", json(400, { error: { message: "no" } })],
    ["is refused with status 200", json(200, { error: "server_error" })],
    ["brings HTML", text(200, "<html>")],
    ["is not answered", { kind: "lost", reason: "timeout", partial: Buffer.of() }],
    ["is not sent", { kind: "not_sent", reason: "dns" }],
  ])("stays, where the exchange %s", async (_what, answer) => {
    const { grant } = await prepared(meta, {}, SHORT, answer);
    expect(await grant.burn()).toMatchObject({ raw: { body: expect.stringContaining("short") as string } });
  });

  it("leaves no refresh token behind that is refreshed with: then the first answer stays", async () => {
    const first = json(200, { access_token: "short", refresh_token: "r" });
    const kept = await prepared(meta, {}, first, LONG);
    expect(await kept.grant.burn()).toMatchObject({
      raw: { body: expect.stringContaining("short") as string },
    });
    const renewed = json(200, { access_token: "long", refresh_token: "s" });
    const both = await prepared(meta, {}, first, renewed);
    expect(await both.grant.burn()).toMatchObject({
      raw: { body: expect.stringContaining("long") as string },
    });
    const itself = departing({ exchange_request: {}, refresh_request: { presents: "access_token" } });
    const { grant } = await prepared(itself, {}, first, LONG);
    expect(await grant.burn()).toMatchObject({ raw: { body: expect.stringContaining("long") as string } });
  });

  it("is none where the code brought none: nothing is exchanged", async () => {
    const { grant, http } = await prepared(meta, {}, json(400, { error: "invalid_grant" }));
    expect(await grant.burn()).toMatchObject({ kind: "answered", raw: { status: 400 } });
    expect(http.requests).toHaveLength(1);
  });
});

describe("a code of another generation", () => {
  const v2 = { issuer: "https://id.example.com/v2", token_endpoint: "https://id.example.com/v2/token" };
  const provider = departing({ generations: [v2] });

  it("is burned there, and the grant says so", async () => {
    const { grant, http } = await prepared(provider, { iss: v2.issuer }, SHORT);
    await grant.burn();
    expect(http.requests.map(({ url }) => url)).toEqual([v2.token_endpoint]);
    expect(grant.provider).toBe(provider.generations[0]);
  });

  it("is none without its iss", async () => {
    const { grant, http } = await prepared(provider, {}, SHORT);
    await grant.burn();
    expect(http.requests.map(({ url }) => url)).toEqual(["https://id.example.com/token"]);
    expect(grant.provider).toBe(provider);
    expect(grant.maxSeconds).toBe(60);
  });
});
