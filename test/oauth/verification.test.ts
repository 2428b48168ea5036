import { describe, expect, it } from "vitest";
import { verify } from "../../src/oauth/verification.ts";
import type { HttpOutcome, HttpRequest } from "../../src/ports.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { Secret } from "../../src/secret.ts";
import { aProvider, departing, json, ScriptedHttp, text } from "../support/scripted-http.ts";

const client = { id: "c" };

it.each<[string, HttpOutcome, string]>([
  ["200", json(200, {}), "works"],
  ["204", text(204, ""), "works"],
  ["401", json(401, {}), "refused"],
  ["403", json(403, {}), "forbidden"],
  ["302, which is not followed", text(302, ""), "unreachable"],
  ["429", text(429, ""), "unreachable"],
  ["500", text(500, ""), "unreachable"],
  ["no answer", { kind: "lost", reason: "reset", partial: Buffer.of() }, "unreachable"],
])("an access token's trial with %s", async (_what, outcome, kind) => {
  const http = new ScriptedHttp(outcome);
  expect(await verify(http, { provider: aProvider(), client }, new Secret("a"))).toEqual({ kind });
  expect(http.requests[0]).toMatchObject({ method: "GET", headers: { authorization: "Bearer a" } });
});

it("an access token is not tried where no endpoint is known", async () => {
  const provider = aProvider({ verification: undefined });
  expect(await verify(new ScriptedHttp(), { provider, client }, new Secret("a"))).toEqual({
    kind: "unknown",
  });
});

describe("an access token's trial as declared", () => {
  const url = "https://api.example.com/me";
  const bearer = { accept: "application/json", authorization: "Bearer a" };

  async function sent(
    verification: NonNullable<ProviderDeclaration["verification"]>,
  ): Promise<HttpRequest[]> {
    const http = new ScriptedHttp(json(200, {}));
    await verify(http, { provider: departing({ verification }), client }, new Secret("a"));
    return http.requests;
  }

  it("has another scheme, and headers with the client's id", async () => {
    const headers = { "Client-Id": "{client_id}", "Notion-Version": "2022-06-28" };
    const own = { "client-id": "c", "notion-version": "2022-06-28" };
    expect(await sent({ authorization_scheme: "OAuth", headers })).toEqual([
      { method: "GET", url, headers: { ...bearer, ...own, authorization: "OAuth a" } },
    ]);
  });

  it("has the token in a header of its own", async () => {
    const headers = { accept: "application/json", "x-shopify-access-token": "a" };
    expect(await sent({ token_header: "X-Shopify-Access-Token" })).toEqual([{ method: "GET", url, headers }]);
  });

  it("has the token in the address", async () => {
    const headers = { accept: "application/json" };
    expect(await sent({ token_parameter: "access_token" })).toEqual([
      { method: "GET", url: `${url}?access_token=a`, headers },
    ]);
  });

  it("has a form", async () => {
    const headers = { ...bearer, "content-type": "application/x-www-form-urlencoded;charset=UTF-8" };
    expect(await sent({ method: "POST", form: { action: "get device" } })).toEqual([
      { method: "POST", url, headers, body: "action=get+device" },
    ]);
  });

  it("has JSON", async () => {
    const headers = { ...bearer, "content-type": "application/json" };
    expect(await sent({ method: "POST", json: { query: "{viewer{id}}" } })).toEqual([
      { method: "POST", url, headers, body: '{"query":"{viewer{id}}"}' },
    ]);
  });

  it.each<[string, HttpOutcome, string]>([
    ["says so", json(200, { status: 0 }), "works"],
    ["says that it is none", json(200, { status: 401 }), "refused"],
    ["says nothing", text(200, "<html>"), "refused"],
  ])("with a success that %s", async (_what, answer, kind) => {
    const provider = departing({ verification: { success: { pointer: "/status", equals: 0 } } });
    expect(await verify(new ScriptedHttp(answer), { provider, client }, new Secret("a"))).toEqual({ kind });
  });
});
