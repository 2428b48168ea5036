import { describe, expect, it } from "vitest";
import { isWellFormed, readAnswer } from "../../src/oauth/answer.ts";
import type { Reading } from "../../src/oauth/answer.ts";
import type { ErrorMatcher, Provider } from "../../src/providers/provider.ts";
import { CANARIES, expectNoCanary } from "../support/canary.ts";
import { aProvider } from "../support/scripted-http.ts";

function declaring(...errors: (Partial<ErrorMatcher> & Pick<ErrorMatcher, "means">)[]): Provider {
  const unsaid = { error: undefined, status: undefined, descriptionContains: undefined, body: undefined };
  return aProvider({ errors: errors.map((matcher) => ({ ...unsaid, ...matcher })) });
}

async function read(
  provider: Provider,
  status: number,
  body: unknown,
): Promise<Reading & { counts: boolean }> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const raw = { status, contentType: "application/json", body: text };
  const context = {
    provider,
    clientId: "c",
    requestedScopes: [],
    obtainedAt: new Date(0),
    replaces: undefined,
  };
  return { ...(await readAnswer(raw, context)), counts: isWellFormed(raw, provider) };
}

const DEAD = { means: "reauthorization_required" } as const;
const LATER = { means: "transient" } as const;

describe("a declared error", () => {
  it("by its code means what the provider says, registered or not, and is printed", async () => {
    const provider = declaring(
      { error: "invalid_request", ...DEAD },
      { error: "bad_refresh_token", ...DEAD },
    );
    for (const error of ["invalid_request", "bad_refresh_token"])
      expect(await read(provider, 400, { error })).toMatchObject({
        ...{ errorClass: "reauthorization_required", code: error, counts: true },
      });
    expect(await read(provider, 400, { error: "invalid_scope" })).toMatchObject({
      errorClass: "client_misconfigured",
    });
  });

  it("of several that match is the first", async () => {
    const narrow = { error: "invalid_grant", descriptionContains: "inactive user", ...LATER };
    const provider = declaring(narrow, { error: "invalid_grant", ...DEAD });
    const because = (error_description: string) =>
      read(provider, 400, { error: "invalid_grant", error_description });
    expect(await because("Inactive User")).toMatchObject({ errorClass: "transient", code: "invalid_grant" });
    expect(await because("expired")).toMatchObject({ errorClass: "reauthorization_required" });
  });

  it("must agree in everything that is given", async () => {
    const provider = declaring({ error: "invalid_request", status: 400, ...DEAD });
    expect(await read(provider, 400, { error: "invalid_request" })).toMatchObject({
      errorClass: "reauthorization_required",
    });
    expect(await read(provider, 401, { error: "invalid_request" })).toMatchObject({
      errorClass: "client_misconfigured",
    });
  });

  it("that means later is an answer, and not a lost one", async () => {
    const provider = declaring({ status: 403, descriptionContains: "too many", means: "rate_limited" });
    expect(await read(provider, 403, { message: "Too many requests" })).toMatchObject({
      ...{ errorClass: "rate_limited", code: "http_403", counts: true },
    });
    expect(await read(provider, 403, { message: "No" })).toMatchObject({ counts: false });
  });

  it("that may have been done all the same is no answer, whatever its form", async () => {
    const ambiguous = declaring({ error: "internal_error", means: "ambiguous" });
    const provider = {
      ...ambiguous,
      answer: { ...ambiguous.answer, success: { pointer: "/ok", equals: true } },
    };
    for (const [of, status, body] of [
      [ambiguous, 400, { error: "internal_error" }],
      [provider, 200, { ok: false, error: "internal_error" }],
    ] as const)
      expect(await read(of, status, body)).toMatchObject({ counts: false, errorClass: "ambiguous" });
    expect(await read(provider, 200, { ok: false, error: "invalid_auth" })).toMatchObject({ counts: true });
  });

  it("may be without any OAuth error, in a message or in plain text", async () => {
    const provider = declaring({ status: 400, descriptionContains: "invalid refresh token", ...DEAD });
    for (const body of [
      { error: "Bad Request", message: "Invalid refresh token" },
      "Invalid refresh token\n",
    ])
      expect(await read(provider, 400, body)).toMatchObject({
        ...{ errorClass: "reauthorization_required", code: "http_400", counts: true },
      });
  });

  it("by its status alone keeps a registered code, and is believed of no gateway's page", async () => {
    const provider = declaring({ status: 401, ...DEAD });
    expect(await read(provider, 401, { error: "invalid_client" })).toMatchObject({
      ...{ errorClass: "reauthorization_required", code: "invalid_client" },
    });
    for (const page of ["<html>Invalid</html>", "error code: 1020", ""])
      expect(await read(provider, 401, page)).toMatchObject({
        ...{ errorClass: "client_misconfigured", code: "http_401", counts: false },
      });
  });

  it("may be an empty answer, where that is declared, and is none with a word in it", async () => {
    const provider = declaring({ status: 400, body: "empty", ...DEAD });
    for (const body of ["", "\uFEFF \r\n"])
      expect(await read(provider, 400, body)).toMatchObject({
        ...{ errorClass: "reauthorization_required", code: "http_400", counts: true },
      });
    for (const [status, body] of [
      [400, "<html>"],
      [400, "{}"],
      [404, ""],
      [200, ""],
    ] as const)
      expect(await read(provider, status, body)).toMatchObject({ counts: false });
  });

  it("of the server's own trouble is its word where it is declared to be", async () => {
    const provider = declaring({ error: "server_error", ...LATER });
    expect(await read(provider, 400, { error: "server_error" })).toMatchObject({
      ...{ errorClass: "transient", counts: true },
    });
  });

  it.each([302, 408, 500, 503])("is not looked for in an answer with status %i", async (status) => {
    const provider = declaring(
      { error: "invalid_grant", ...LATER },
      { descriptionContains: "gone", ...DEAD },
    );
    const body = { error: "invalid_grant", error_description: "gone" };
    expect(await read(provider, status, body)).toMatchObject({
      code: `http_${String(status)}`,
      counts: false,
    });
  });

  it("is not looked for in a page, nor in a success that broke off", async () => {
    const provider = declaring({ descriptionContains: "gone", ...DEAD });
    expect(await read(provider, 404, "<html>gone</html>")).toMatchObject({ code: "http_404", counts: false });
    expect(await read(provider, 200, '{"access_token":"gone')).toMatchObject({
      code: "not_oauth",
      counts: false,
    });
  });

  it("never turns 429 or tokens into anything else", async () => {
    const provider = declaring({ error: "invalid_grant", ...DEAD });
    expect(await read(provider, 429, { error: "invalid_grant" })).toMatchObject({ code: "http_429" });
    expect(await read(provider, 200, { access_token: "a", error: "invalid_grant" })).toMatchObject({
      kind: "tokens",
    });
  });

  it("brings none of the provider's text", async () => {
    const provider = declaring({ descriptionContains: "canary", ...DEAD }, { status: 400, ...DEAD });
    const body = { error: CANARIES.accessToken, error_description: CANARIES.refreshToken };
    expectNoCanary(JSON.stringify(await read(provider, 400, body)));
  });
});
