import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWellFormed, readAnswer } from "../../src/oauth/answer.ts";
import type { AnswerContext, Reading } from "../../src/oauth/answer.ts";
import type { TokenSet } from "../../src/oauth/token-set.ts";
import { Secret } from "../../src/secret.ts";
import { aProvider, departing } from "../support/scripted-http.ts";

const obtainedAt = new Date("2026-11-22T12:00:00Z");
const old = new Secret("the old refresh token");

function read(body: unknown, status = 200, context: Partial<AnswerContext> = {}): Promise<Reading> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return readAnswer(
    { status, contentType: "application/json", body: text },
    {
      provider: aProvider(),
      clientId: "c",
      requestedScopes: ["daily"],
      obtainedAt,
      replaces: old,
      ...context,
    },
  );
}

async function tokensIn(
  body: unknown,
  status = 200,
  context: Partial<AnswerContext> = {},
): Promise<TokenSet> {
  const reading = await read(body, status, context);
  if (reading.kind === "error") throw new Error(reading.code);
  return reading.tokens;
}

const ANSWER = {
  access_token: "a",
  token_type: "Bearer",
  expires_in: 3600,
  refresh_token: "r",
  scope: "daily",
};

it("an answer as RFC 6749 §5.1 has it gives every field", async () => {
  const tokens = await tokensIn({ ...ANSWER, id_token: "i" });
  expect(tokens.accessToken.reveal()).toBe("a");
  expect(tokens.refreshToken?.reveal()).toBe("r");
  expect(tokens.idToken?.reveal()).toBe("i");
  expect(tokens.tokenType).toBe("bearer");
  expect(tokens.expiresAt).toEqual(new Date("2026-11-22T13:00:00Z"));
  expect(tokens.scope).toEqual(["daily"]);
});

describe("a harmless departure is put right:", () => {
  it.each<[string, unknown, number?]>([
    ["no token_type", { ...ANSWER, token_type: undefined }],
    ["token_type null", { ...ANSWER, token_type: null }],
    ["bearer in small letters", { ...ANSWER, token_type: "bearer" }],
    ["status 201", ANSWER, 201],
    ["a lifetime as text", { ...ANSWER, expires_in: "3600" }],
    ["scopes as an array", { ...ANSWER, scope: ["daily"] }],
    ["id_token null", { ...ANSWER, id_token: null }],
    ["a body of body", { status: 0, body: ANSWER }],
    ["a body of data", { data: ANSWER }],
    ["an error null", { ...ANSWER, error: null }],
    ["an error null beside data", { error: null, data: ANSWER }],
    ["an empty error beside data", { error: "", data: ANSWER }],
    ["an error false beside a body", { error: false, body: ANSWER }],
    ["a form", new URLSearchParams({ ...ANSWER, expires_in: "3600" }).toString()],
    ["a byte order mark", `\uFEFF${JSON.stringify(ANSWER)}`],
    ["blanks around it", `\r\n ${JSON.stringify(ANSWER)}\n`],
  ])("%s", async (_departure, body, status) => {
    const tokens = await tokensIn(body, status);
    expect(tokens.accessToken.reveal()).toBe("a");
    expect(tokens.refreshToken?.reveal()).toBe("r");
    expect(tokens.idToken).toBeUndefined();
    expect(tokens.tokenType).toBe("bearer");
    expect(tokens.expiresAt).toEqual(new Date("2026-11-22T13:00:00Z"));
    expect(tokens.scope).toEqual(["daily"]);
  });
});

describe("the lifetime", () => {
  it.each([
    [0, "2026-11-22T12:00:00.000Z"],
    [-5, "2026-11-22T12:00:00.000Z"],
    [31_536_000, "2027-11-22T12:00:00.000Z"],
    [1e300, "2027-11-22T12:00:00.000Z"],
    ["99999999999999", "2027-11-22T12:00:00.000Z"],
  ])("of %s is held between nothing and a year", async (expires_in, expected) => {
    expect((await tokensIn({ ...ANSWER, expires_in })).expiresAt?.toISOString()).toBe(expected);
  });

  it.each([null, "", "soon", {}, true, undefined])("of %j is unknown", async (expires_in) => {
    expect((await tokensIn({ ...ANSWER, expires_in })).expiresAt).toBeUndefined();
  });
});

describe("the refresh token's own lifetime", () => {
  it.each([
    ["refresh_token_expires_in", 86_400, "2026-11-23T12:00:00.000Z"],
    ["refresh_expires_in", "86400", "2026-11-23T12:00:00.000Z"],
    ["x_refresh_token_expires_in", 86_400, "2026-11-23T12:00:00.000Z"],
    ["refresh_expires_in", 1e300, "2036-11-19T12:00:00.000Z"],
  ])("may come as %s of %s", async (field, seconds, expected) => {
    const tokens = await tokensIn({ ...ANSWER, [field]: seconds });
    expect(tokens.refreshExpiresAt?.toISOString()).toBe(expected);
  });

  it.each([0, -1, "0", null, "never", undefined])("of %j is not told", async (refresh_expires_in) => {
    expect((await tokensIn({ ...ANSWER, refresh_expires_in })).refreshExpiresAt).toBeUndefined();
  });
});

describe("granted scopes", () => {
  it("lose the provider's prefix", async () => {
    const provider = departing({ scope_prefix: "extapi:" });
    const { scope } = await tokensIn({ ...ANSWER, scope: "extapi:daily  extapi:email" }, 200, { provider });
    expect(scope).toEqual(["daily", "email"]);
  });

  it("may come with commas, unless a scope has one in its name", async () => {
    expect((await tokensIn({ ...ANSWER, scope: "repo,gist" })).scope).toEqual(["repo", "gist"]);
    const { scope } = await tokensIn({ ...ANSWER, scope: "a,b c" }, 200, { requestedScopes: ["a,b", "c"] });
    expect(scope).toEqual(["a,b", "c"]);
  });

  it.each<[string, unknown]>([
    ["a terminal escape", "daily \u001b[2Jevil \u009b31m"],
    ["a line break and a workflow command", ["daily", "x\n\u0000::stop-commands::x", "\u007f"]],
    ["letters that are not ASCII", "daily d\u202eylia h\u00e9"],
    ["a quotation mark or a backslash", 'daily "a" b\\'],
  ])("with %s in them are none (RFC 6749 §3.3)", async (_what, scope) => {
    const granted = (await tokensIn({ ...ANSWER, scope })).scope;
    expect(granted).toContain("daily");
    for (const name of granted ?? []) expect(name).toMatch(/^[\x21\x23-\x5B\x5D-\x7E]+$/);
  });

  it("are as many and as long as a declaration may have them, twice over, and no more", async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => `s${String(index)}`);
    expect((await tokensIn({ ...ANSWER, scope: many })).scope).toEqual(many.slice(0, 200));
    const long = "x".repeat(256);
    expect((await tokensIn({ ...ANSWER, scope: `${long} ${long}x daily` })).scope).toEqual([long, "daily"]);
  });

  it("are nothing but scope tokens, whatever the server writes", async () => {
    const anything = fc.oneof(fc.string({ unit: "binary" }), fc.array(fc.string({ unit: "binary" })));
    await fc.assert(
      fc.asyncProperty(anything, async (scope) => {
        for (const name of (await tokensIn({ ...ANSWER, scope })).scope ?? [])
          expect(name).toMatch(/^[\x21\x23-\x5B\x5D-\x7E]+$/);
      }),
    );
  });

  it("are as requested when nothing is said, and none when nothing is granted", async () => {
    expect((await tokensIn({ ...ANSWER, scope: undefined })).scope).toBeUndefined();
    expect((await tokensIn({ ...ANSWER, scope: "" })).scope).toEqual([]);
  });
});

describe("the refresh token", () => {
  it.each([undefined, null, "", 7, {}])(
    "stays the old one where the answer has %j",
    async (refresh_token) => {
      expect((await tokensIn({ ...ANSWER, refresh_token })).refreshToken).toBe(old);
    },
  );

  it("is kept, whatever else the answer holds beside it and an access token", async () => {
    const noise = fc.dictionary(
      fc.constantFrom("token_type", "expires_in", "scope", "id_token", "error", "body", "data", "x"),
      fc.jsonValue().filter((value) => typeof value !== "string" || value !== ""),
    );
    await fc.assert(
      fc.asyncProperty(
        noise,
        fc.string({ minLength: 1 }),
        fc.string({ minLength: 1 }),
        async (more, access, refresh) => {
          const reading = await read({ ...more, access_token: access, refresh_token: refresh });
          const kept = reading.kind === "tokens" ? reading.tokens.refreshToken : reading.refreshToken;
          expect(kept?.reveal()).toBe(refresh);
        },
      ),
    );
  });

  it("is kept from an answer without an access token", async () => {
    const reading = await read({ refresh_token: "r" });
    expect(reading).toMatchObject({ kind: "error", errorClass: "provider_drift", code: "no_access_token" });
    expect(reading.kind === "error" && reading.refreshToken?.reveal()).toBe("r");
  });

  it.each<[string, unknown]>([
    ["two levels down", { result: { token: ANSWER } }],
    ["in a list", { tokens: [{ refresh_token: "r" }] }],
    ["beside an error of another type", { error: { code: 0 }, data: { session: ANSWER } }],
    ["beside an OAuth error", { error: "invalid_scope", data: ANSWER }],
    ["beside an access token of another type", { access_token: { value: "a" }, data: ANSWER }],
  ])("is kept from a success that has it %s", async (_where, body) => {
    const reading = await read(body);
    expect(reading.kind === "error" && reading.refreshToken?.reveal()).toBe("r");
  });

  it("is not taken from what an error repeats of the request", async () => {
    const reading = await read({ error: "invalid_grant", request: { refresh_token: "old" } }, 400);
    expect(reading).toMatchObject({ kind: "error", code: "invalid_grant", refreshToken: undefined });
  });

  it("is kept from an answer with a token type that nobody can use", async () => {
    const reading = await read({ ...ANSWER, token_type: "mac" });
    expect(reading).toMatchObject({ kind: "error", code: "unsupported_token_answer" });
    expect(reading.kind === "error" && reading.refreshToken?.reveal()).toBe("r");
  });

  it("is kept from an answer that broke off behind it, however long it is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), fc.nat(40), async (refresh, cut) => {
        const whole = JSON.stringify({ refresh_token: refresh, access_token: "a".repeat(50) });
        const reading = await read(whole.slice(0, whole.length - 1 - cut));
        expect(reading.kind === "error" && reading.refreshToken?.reveal()).toBe(refresh);
      }),
    );
  });

  it("is not made up from one that broke off itself", async () => {
    const reading = await read('{"access_token":"a","refresh_token":"half');
    expect(reading).toEqual({
      kind: "error",
      errorClass: "provider_drift",
      code: "not_oauth",
      refreshToken: undefined,
    });
  });
});

it("whatever bytes come with whatever status, nothing is thrown", async () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array).toString("utf8"));
  const body = fc.oneof(bytes, fc.json(), fc.string());
  await fc.assert(
    fc.asyncProperty(body, fc.integer({ min: 100, max: 599 }), async (text, status) => {
      isWellFormed({ status, contentType: "", body: text }, aProvider());
      const reading = await read(text, status);
      expect(["tokens", "error"]).toContain(reading.kind);
    }),
  );
});
