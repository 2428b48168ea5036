import { describe, expect, it } from "vitest";
import { isWellFormed, readAnswer } from "../../src/oauth/answer.ts";
import type { AnswerContext, Reading } from "../../src/oauth/answer.ts";
import { CANARIES, expectNoCanary } from "../support/canary.ts";
import { aProvider } from "../support/scripted-http.ts";

function read(body: unknown, status: number, context: Partial<AnswerContext> = {}): Promise<Reading> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return readAnswer(
    { status, contentType: "application/json", body: text },
    {
      provider: aProvider(),
      clientId: "c",
      requestedScopes: [],
      obtainedAt: new Date("2026-11-22T12:00:00Z"),
      replaces: undefined,
      ...context,
    },
  );
}

describe("an error answer", () => {
  it.each<[number, string, string]>([
    [400, "invalid_grant", "reauthorization_required"],
    [200, "invalid_grant", "reauthorization_required"],
    [401, "invalid_client", "client_misconfigured"],
    [400, "unauthorized_client", "client_misconfigured"],
    [400, "unsupported_grant_type", "client_misconfigured"],
    [400, "invalid_scope", "client_misconfigured"],
    [400, "invalid_request", "client_misconfigured"],
    [400, "slow_down", "rate_limited"],
    [400, "temporarily_unavailable", "transient"],
  ])("%i %s is %s", async (status, error, errorClass) => {
    expect(await read({ error }, status)).toEqual({
      kind: "error",
      errorClass,
      code: error,
      refreshToken: undefined,
    });
  });

  it("never brings the provider's own text, in no field", async () => {
    for (const error of [
      CANARIES.accessToken,
      "toString",
      "__proto__",
      "you_owe_us_money",
      "::set-env name=X::1",
    ]) {
      const body = { error, error_description: CANARIES.refreshToken, error_uri: CANARIES.idToken };
      const reading = await read(body, 400);
      expect(reading).toMatchObject({ kind: "error", errorClass: "provider_drift" });
      expect(JSON.stringify(reading)).not.toContain(error);
      expectNoCanary(JSON.stringify(reading));
    }
  });

  it.each<[number, string, string, string]>([
    [429, "", "rate_limited", "http_429"],
    [429, '{"error":"invalid_grant"}', "rate_limited", "http_429"],
    [503, "<html>", "transient", "http_503"],
    [500, '{"error":"invalid_grant"}', "transient", "http_500"],
    [408, '{"error":"invalid_grant"}', "transient", "http_408"],
    [400, '{"error":"server_error"}', "transient", "server_error"],
    [302, "", "provider_drift", "http_302"],
    [401, "Invalid client", "client_misconfigured", "http_401"],
    [404, "<html>", "provider_drift", "http_404"],
    [200, "<html>", "provider_drift", "not_oauth"],
    [200, "[]", "provider_drift", "not_oauth"],
    [200, "{}", "provider_drift", "no_access_token"],
  ])("%i %j is %s", async (status, body, errorClass, code) => {
    expect(await read(body, status)).toMatchObject({ kind: "error", errorClass, code });
  });
});

describe("a well-formed answer is", () => {
  const wellFormed = (status: number, body: string): boolean =>
    isWellFormed({ status, contentType: "", body }, aProvider());

  it.each<[number, string]>([
    [200, '{"access_token":"a"}'],
    [201, '\uFEFF{"access_token":"a"}'],
    [200, "access_token=a&token_type=bearer"],
    [200, '{"error":"bad_refresh_token"}'],
    [400, '{"error":"invalid_grant"}'],
    [401, '{"error":"invalid_client"}'],
    [429, "<html>"],
    [400, '{"error":"temporarily_unavailable"}'],
  ])("%i %s", (status, body) => {
    expect(wellFormed(status, body)).toBe(true);
  });

  it.each<[number, string]>([
    [200, "{}"],
    [200, '{"access_token":""}'],
    [200, '{"access_token":"a"'],
    [200, "<html>access_token=a</html>"],
    [302, '{"error":"invalid_grant"}'],
    [400, '{"error":{"code":"invalid_grant"}}'],
    [400, '{"error":"server_error"}'],
    [200, '{"error":"server_error"}'],
    [408, '{"error":"request_timeout"}'],
    [400, "Bad Request"],
    [404, '{"error":"Not Found"}'],
    [500, '{"error":"invalid_grant"}'],
    [502, '{"access_token":"a"}'],
    [101, '{"access_token":"a"}'],
  ])("not %i %s", (status, body) => {
    expect(wellFormed(status, body)).toBe(false);
  });
});
