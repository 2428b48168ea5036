import { describe, expect, it } from "vitest";
import type { TokenSet } from "../../src/oauth/token-set.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { readBody, renewalIn, SPENT } from "../support/token-answers.ts";

async function tokensIn(declaration: ProviderDeclaration, body: unknown): Promise<TokenSet> {
  const { reading } = await readBody(declaration, body);
  if (reading.kind === "error") throw new Error(reading.code);
  return reading.tokens;
}

describe("a member", () => {
  const NESTED: ProviderDeclaration = {
    token_response: {
      members: {
        access_token: "/user/token",
        refresh_token: "/user/renewal",
        expires_in: "/user/seconds",
        scope: "/user/scopes",
        id_token: "/user/who",
        refresh_token_expires_in: "/user/renewal_seconds",
      },
    },
  };

  it("is where its pointer says, and not under its own name beside it", async () => {
    const user = { token: "a", renewal: "r", seconds: 60, scopes: "x", who: "i", renewal_seconds: 120 };
    const bot = { access_token: "no", refresh_token: "no", expires_in: 7, scope: "no", id_token: "no" };
    const tokens = await tokensIn(NESTED, { ...bot, refresh_token_expires_in: 7, user });
    expect(tokens.accessToken.reveal()).toBe("a");
    expect(tokens.refreshToken?.reveal()).toBe("r");
    expect(tokens.idToken?.reveal()).toBe("i");
    expect(tokens.expiresAt).toEqual(new Date("2026-11-22T12:01:00Z"));
    expect(tokens.refreshExpiresAt).toEqual(new Date("2026-11-22T12:02:00Z"));
    expect(tokens.scope).toEqual(["x"]);
  });

  it("is under its own name where there is nothing at its pointer", async () => {
    const tokens = await tokensIn(NESTED, { access_token: "a", refresh_token: "r", expires_in: 60 });
    expect(tokens.accessToken.reveal()).toBe("a");
    expect(tokens.refreshToken?.reveal()).toBe("r");
    expect(tokens.expiresAt).toEqual(new Date("2026-11-22T12:01:00Z"));
  });

  it("below its pointer is found in a success that broke off, before another of its name", async () => {
    const departures = { token_response: { members: { refresh_token: "/user/refresh_token" } } };
    const begun = '{"ok":true,"refresh_token":"bot","user":{"id":"user","refresh_token":"r"';
    for (const more of ["", ",", ',"acce', ',"scope"', ',"scope":', ',"scope":"}}]]', ',"n":1', "}"])
      expect(renewalIn(await readBody(departures, `${begun}${more}`))).toBe("r");
    expect(renewalIn(await readBody(departures, '{"refresh_token":"r","user":{"id":'))).toBe("r");
  });

  it("may be an instant", async () => {
    const departures = { token_response: { members: { expires_at: "/until" } } };
    const { expiresAt } = await tokensIn(departures, { access_token: "a", until: "2026-11-22T13:00:00Z" });
    expect(expiresAt).toEqual(new Date("2026-11-22T13:00:00Z"));
  });

  it("may be in a list, and in a JSON text within JSON", async () => {
    const departures = { token_response: { members: { access_token: "/list/0/token" } } };
    expect((await tokensIn(departures, { list: [{ token: "a" }] })).accessToken.reveal()).toBe("a");
    const twice = JSON.stringify(JSON.stringify({ access_token: "a", refresh_token: "r" }));
    expect((await tokensIn({}, twice)).refreshToken?.reveal()).toBe("r");
  });
});

describe("a refresh token that nobody declared", () => {
  it.each<[string, unknown]>([
    ["in camel case", { access_token: "a", refreshToken: "r" }],
    ["below the top", { access_token: "a", more: { refresh_token: "r" } }],
    ["behind an empty one", '{"access_token":"a","refresh_token":"","more":{"refresh_token":"r"}}'],
    ["twice, and null the second time", '{"access_token":"a","refresh_token":"r","refresh_token":null}'],
    ["in a JSON text", { code: 0, data: JSON.stringify({ access_token: "a", refresh_token: "r" }) }],
    ["two texts deep", { data: JSON.stringify({ more: JSON.stringify([{ refreshToken: "r" }]) }) }],
    ["in a JSON text with \\u0022", '{"data":"{\\u0022refresh_token\\u0022:\\u0022r\\u0022}"}'],
    ["in a form, between two empty ones", "access_token=a&refresh_token=&refresh_token=r&refresh_token="],
    ["in a form with blanks", "access_token=a&scope=daily night&refresh_token=r"],
  ])("%s is taken with the tokens", async (_where, body) => {
    expect(renewalIn(await readBody({}, body))).toBe("r");
  });
});

it("a refresh token in a JSON text is whole or not at every byte of it", async () => {
  const inner = JSON.stringify({ at: "\\", refresh_token: "the new one", more: "\u00e9" });
  const body = JSON.stringify({ code: 0, data: inner });
  const end = body.indexOf("the new one") + 'the new one\\"'.length;
  for (let length = 0; length <= body.length; length += 1)
    expect(renewalIn(await readBody({}, body.slice(0, length)))).toBe(
      length >= end ? "the new one" : undefined,
    );
});

describe("a refresh token beside the one that was spent", () => {
  it.each<[string, unknown]>([
    [
      "repeated before it",
      { access_token: "a", request: { refresh_token: SPENT }, session: { refresh_token: "r" } },
    ],
    [
      "repeated behind it",
      { access_token: "a", session: { refresh_token: "r" }, request: { refresh_token: SPENT } },
    ],
    [
      "repeated in a text",
      { request: JSON.stringify({ refresh_token: SPENT }), session: { refresh_token: "r" } },
    ],
    [
      "repeated, it in a text",
      { request: { refresh_token: SPENT }, data: JSON.stringify({ refresh_token: "r" }) },
    ],
    ["in a list", `[{"refresh_token":"${SPENT}"},{"refresh_token":"r"}]`],
    ["in what broke off", `{"request":{"refresh_token":"${SPENT}"},"session":{"refresh_token":"r","x`],
  ])("%s is the live one", async (_where, body) => {
    expect(renewalIn(await readBody({}, body))).toBe("r");
  });

  it("is not, where its own place says that the spent one goes on", async () => {
    const body = { access_token: "a", refresh_token: SPENT, other: { refresh_token: "r" } };
    for (const text of [JSON.stringify(body), `${JSON.stringify(body).slice(0, -1)},"x`])
      expect([SPENT, undefined]).toContain(renewalIn(await readBody({}, text)));
    const declared = { token_response: { members: { refresh_token: "/user/renewal" } } };
    const nested = { access_token: "a", user: { renewal: SPENT }, other: { refresh_token: "r" } };
    expect(renewalIn(await readBody(declared, nested))).toBe(SPENT);
  });
});

it.each(["[", '{"a":', '{"data":"{', '{"refresh_token":"\\"'])(
  "behind a token a megabyte of %s costs nothing, and nothing is thrown",
  async (open) => {
    const body = `{"access_token":7,"refresh_token":"r","x":${open.repeat(1_000_000 / open.length)}`;
    const declared = { token_response: { members: { refresh_token: "/refresh_token" } } };
    expect(renewalIn(await readBody(declared, body))).toBe("r");
  },
);

describe("where the access token renews itself", () => {
  const presents: ProviderDeclaration = { refresh_request: { presents: "access_token" } };

  it("it takes the refresh token's place", async () => {
    const told = await readBody(presents, { access_token: "a", refresh_token: "no" });
    expect(renewalIn(told)).toBe("a");
  });

  it("it is not lost with an answer that is no use", async () => {
    expect(renewalIn(await readBody(presents, { access_token: "a", token_type: "mac" }))).toBe("a");
    expect(renewalIn(await readBody(presents, '{"access_token":"a","expires'))).toBe("a");
  });
});

describe("scopes in an answer", () => {
  it.each<[ProviderDeclaration, unknown, string[]]>([
    [{ scope_separator: "+" }, "a+b", ["a", "b"]],
    [{ scope_separator: "," }, "a,b", ["a", "b"]],
    [{}, "a+b", ["a+b"]],
    [{ token_response: { members: { scope: "/user/scope" } } }, "a,b", ["x"]],
  ])("of %j: %j", async (departures, scope, expected) => {
    const tokens = await tokensIn(departures, { access_token: "a", scope, user: { scope: ["x"] } });
    expect(tokens.scope).toEqual(expected);
  });
});

it.each(["User Access Token", "user", "bot", "JWT"])(
  "a token type of %j is a label: the token is presented as a bearer token",
  async (token_type) => {
    expect((await tokensIn({}, { access_token: "a", token_type })).tokenType).toBe("bearer");
  },
);

it.each(["mac", "DPoP", "pop"])("a token of type %s needs a key that no consumer has", async (token_type) => {
  const { reading, counts } = await readBody({}, { access_token: "a", token_type, refresh_token: "r" });
  expect(reading).toMatchObject({ kind: "error", code: "unsupported_token_answer" });
  expect(renewalIn({ reading, counts })).toBe("r");
});
