import { describe, expect, it } from "vitest";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { rawOf, readBody, readRaw, renewalIn, SPENT } from "../support/token-answers.ts";

describe("a declared condition", () => {
  const ok: ProviderDeclaration = { token_response: { success: { pointer: "/ok", equals: true } } };
  const status: ProviderDeclaration = {
    token_response: { members: { error: "/status" }, success: { pointer: "/status", equals: 0 } },
  };

  it("that does not hold makes an error of a 200, whatever looks like tokens in it", async () => {
    const { reading, counts } = await readBody(ok, { ok: false, access_token: "a", refresh_token: "r" });
    expect(reading).toMatchObject({
      ...{ kind: "error", errorClass: "provider_drift", code: "declared_failure" },
    });
    expect(counts).toBe(false);
    expect(renewalIn({ reading, counts })).toBe("r");
  });

  it("that does not hold leaves open what was done, with no more than that in it", async () => {
    expect(await readBody(ok, { ok: false })).toMatchObject({
      ...{ counts: false, reading: { errorClass: "provider_drift", code: "declared_failure" } },
    });
  });

  it("that does not hold is the server's word with an error code, though nobody has declared that", async () => {
    expect(await readBody(ok, { ok: false, error: "invalid_auth" })).toMatchObject({
      ...{ counts: true, reading: { errorClass: "provider_drift", code: "unregistered_error" } },
    });
  });

  it.each<[number, unknown]>([
    [200, { code: 50_000, message: "internal timeout" }],
    [401, { code: 401, message: "unauthorized" }],
    [408, { code: 408, message: "upstream timed out" }],
    [408, { code: 40_102, error: "invalid_grant" }],
  ])("that does not hold makes no server's word of any gateway's: %i %j", async (code, body) => {
    const success = { pointer: "/code", equals: 0 };
    for (const members of [undefined, { error: "/code" }]) {
      const declaration = { token_response: { success, ...(members && { members }) } };
      expect(await readRaw(declaration, rawOf(code, body))).toMatchObject({ counts: false });
    }
  });

  it("that does not hold is the server's word with a declared number", async () => {
    const errors = [{ error: "601", means: "rate_limited" } as const];
    expect(await readBody({ ...status, errors }, { status: 601 })).toMatchObject({
      ...{ counts: true, reading: { errorClass: "rate_limited", code: "601" } },
    });
  });

  it("that does not hold leaves the spent token spent, where the answer repeats it", async () => {
    const body = { ok: false, error: "invalid_grant", request: { refresh_token: SPENT } };
    expect(await readBody(ok, body)).toMatchObject({
      ...{ counts: true, reading: { code: "invalid_grant", refreshToken: undefined } },
    });
  });

  it.each<[ProviderDeclaration, unknown]>([
    [ok, { ok: true, access_token: "a" }],
    [ok, { ok: "true", access_token: "a" }],
    [ok, "ok=true&access_token=a"],
    [status, { status: 0, access_token: "a" }],
    [status, { status: "0", body: { access_token: "a" } }],
  ])("%j that holds leaves tokens tokens: %j", async (departures, body) => {
    expect(await readBody(departures, body)).toMatchObject({ counts: true, reading: { kind: "tokens" } });
  });

  it("that has nothing to look at is no reason to throw tokens away", async () => {
    expect(await readBody(ok, { access_token: "a" })).toMatchObject({ reading: { kind: "tokens" } });
  });

  it.each([null, [[]], {}, 1, "no"])("is not met by %j", async (value) => {
    expect(await readBody(ok, { ok: value, access_token: "a" })).toMatchObject({
      ...{ counts: false, reading: { code: "declared_failure" } },
    });
  });

  it("that holds without tokens is an answer that says nothing", async () => {
    expect(await readBody(status, { status: 0, body: {} })).toMatchObject({
      ...{ counts: false, reading: { errorClass: "provider_drift", code: "no_access_token" } },
    });
  });
});

describe("an error code", () => {
  const numbered: ProviderDeclaration = {
    token_response: { members: { error: "/error/code", error_description: "/error/message" } },
    errors: [
      { error: "190", description_contains: "expired", means: "reauthorization_required" },
      { error: "4", means: "rate_limited" },
    ],
  };
  const facebook = (code: unknown, message = "Session has expired on Friday") => ({
    error: { message, type: "OAuthException", code },
  });

  it.each([190, "190"])("of %j matches a declared one, by its declared description", async (code) => {
    expect(await readRaw(numbered, rawOf(400, facebook(code)))).toMatchObject({
      ...{ counts: true, reading: { errorClass: "reauthorization_required", code: "190" } },
    });
  });

  it.each<[unknown, boolean]>([
    ["AUTH_FAILED", true],
    ["40102_expired", true],
    [190, false],
    ["613", false],
  ])("that nobody knows is never printed; that it is the server's word: %j %s", async (code, counts) => {
    expect(await readRaw(numbered, rawOf(400, facebook(code, "no")))).toMatchObject({
      ...{ counts, reading: { errorClass: "provider_drift", code: "unregistered_error" } },
    });
  });

  it("of the registry means the same at a declared place", async () => {
    expect(await readRaw(numbered, rawOf(400, facebook("invalid_grant")))).toMatchObject({
      ...{ counts: true, reading: { errorClass: "reauthorization_required", code: "invalid_grant" } },
    });
  });

  it.each([true, null, {}, "", "two words", "x".repeat(65)])(
    "is not %j, at a declared place either",
    async (code) => {
      expect(await readRaw(numbered, rawOf(400, facebook(code, "no")))).toMatchObject({
        ...{ counts: false, reading: { code: "http_400" } },
      });
    },
  );

  it("that is a number counts only where it is declared", async () => {
    expect(await readRaw({}, rawOf(400, { error: 100 }))).toMatchObject({ counts: false });
    const declared = { errors: [{ error: "100", means: "transient" } as const] };
    expect(await readRaw(declared, rawOf(400, { error: 100 }))).toMatchObject({
      ...{ counts: true, reading: { errorClass: "transient", code: "100" } },
    });
  });
});

it("a cut answer is none, though it begins as one that declares its failure", async () => {
  const failing = { token_response: { success: { pointer: "/ok", equals: true } } };
  expect(await readBody(failing, '{"ok":false,"error":"invalid_gr')).toMatchObject({ counts: false });
});
