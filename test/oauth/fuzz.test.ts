import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ErrorClass } from "../../src/errors.ts";
import { isWellFormed, readAnswer } from "../../src/oauth/answer.ts";
import { refresh, successOf } from "../../src/oauth/token.ts";
import type { RawAnswer } from "../../src/oauth/token-set.ts";
import type { HttpOutcome } from "../../src/ports.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { Secret } from "../../src/secret.ts";
import {
  bodies,
  declarations,
  encodings,
  indents,
  surroundings,
  tokens,
} from "../support/arbitrary-answers.ts";
import { departing, ScriptedHttp } from "../support/scripted-http.ts";
import { OBTAINED_AT, readRaw, renewalIn, SPENT } from "../support/token-answers.ts";
import type { Judgement } from "../support/token-answers.ts";

const CLASSES: readonly ErrorClass[] = [
  "transient",
  "rate_limited",
  "reauthorization_required",
  "client_misconfigured",
  "provider_drift",
  "ambiguous",
];

/** Registered, declared by `declarations`, or sealring's own. */
const PRINTABLE =
  /^(?:http_[1-5]\d\d|601|AUTH_FAILED|invalid_(?:grant|request)|not_oauth|no_access_token|declared_failure|unregistered_error|unsupported_token_answer)$/;

const YEAR_MILLISECONDS = 31_536_000_000;

const HEAD = { status: 200, headers: { "content-type": "application/json" } };

function whole(body: Uint8Array, status = 200): HttpOutcome {
  return { kind: "answer", ...HEAD, status, body };
}

function cut(partial: Uint8Array): HttpOutcome {
  return { kind: "lost", reason: "truncated", head: HEAD, partial };
}

/** The way of an answer from the wire to its judgement, as a refresh takes it. */
async function judge(declaration: ProviderDeclaration, outcome: HttpOutcome): Promise<Judgement> {
  const party = { provider: departing(declaration), client: { id: "c", secret: undefined } };
  const exchange = await refresh(new ScriptedHttp(outcome), party, new Secret(SPENT));
  if (exchange.kind === "not_sent") throw new Error("an answer came");
  const raw: RawAnswer | undefined = successOf(exchange) ?? exchange.raw;
  if (raw === undefined) throw new Error("something of it came");
  return readRaw(declaration, raw);
}

/** A record with a value at a pointer, through lists where it has numbers. */
function withValueAt(pointer: string, value: unknown): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduceRight<unknown>(
      (inner, name) => (/^\d+$/.test(name) ? [inner] : Object.fromEntries([[name, inner]])),
      value,
    );
}

/** JSON of a success with the token at its place, or at a depth where nobody has declared it. */
function bodyWith(
  token: string,
  more: { place: string; around: object; indent: string | undefined },
): string {
  const { place, around, indent } = more;
  const placed = withValueAt(place, token) as object;
  // Own members, whatever their names: `__proto__` sets none in an assignment.
  return JSON.stringify(
    Object.fromEntries([...Object.entries(around), ...Object.entries(placed)]),
    null,
    indent,
  );
}

function placeOf(declaration: ProviderDeclaration, depth: number): string {
  const name = declaration.refresh_request?.presents ?? "refresh_token";
  const declared = declaration.token_response?.members?.[name];
  return declared ?? `${"/deep".repeat(depth)}/${name}`;
}

const cases = fc.record({
  declaration: declarations,
  token: tokens,
  around: surroundings,
  indent: indents,
  encode: encodings,
  depth: fc.nat(3),
});

/** Without the one member that has the token's own name. */
function surroundingsOf(around: Readonly<Record<string, unknown>>, place: string): object {
  const names = place.split("/");
  return Object.fromEntries(Object.entries(around).filter(([name]) => !names.includes(name)));
}

describe("a refresh token that is whole in a success", () => {
  it("is in its reading, at its declared place or at any depth, in any company and encoding", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ declaration, token, around, indent, encode, depth }) => {
        const place = placeOf(declaration, depth);
        const body = bodyWith(token, { place, around: surroundingsOf(around, place), indent });
        expect(renewalIn(await judge(declaration, whole(encode(body))))).toBe(token);
      }),
      { numRuns: 600 },
    );
  });

  it("is in what arrived of it, wherever behind the token it broke off, and half of it never", async () => {
    const at = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(cases, at, async ({ declaration, token, around, indent, encode, depth }, part) => {
        const place = placeOf(declaration, depth);
        const body = bodyWith(token, { place, around: surroundingsOf(around, place), indent });
        const end = body.lastIndexOf(JSON.stringify(token)) + JSON.stringify(token).length;
        const length = Math.floor(part * body.length);
        const judged = await judge(declaration, cut(encode(body.slice(0, length))));
        expect(judged.reading.kind === "error" || length === body.length).toBe(true);
        expect(renewalIn(judged)).toBe(length >= end ? token : undefined);
      }),
      { numRuns: 600 },
    );
  });

  it("is in a form, and in what arrived of one if another field had begun", async () => {
    const values = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string(), { maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(tokens, values, fc.nat(200), async (token, more, missing) => {
        const fields = Object.entries({ access_token: "a", refresh_token: token, ...more });
        const form = new URLSearchParams(fields).toString();
        expect(renewalIn(await judge({}, whole(Buffer.from(form))))).toBe(token);
        const partial = form.slice(0, Math.max(0, form.length - missing));
        const isWhole = new URLSearchParams(partial.slice(0, partial.lastIndexOf("&"))).has("refresh_token");
        const judged = await judge({}, cut(Buffer.from(partial)));
        expect([isWhole ? token : undefined, isWhole ? token : SPENT]).toContain(renewalIn(judged));
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    '{"access_token":"a","expires_in":3600,"refresh_token":"the new one","scope":"x"}',
    '{"data":{"refresh_token":"the new one","access_token":"a"}}',
  ])("is found or not at every byte of %s", async (body) => {
    const end = body.indexOf("the new one") + "the new one".length + 1;
    for (let length = 0; length < body.length; length += 1) {
      const { reading, counts } = await judge({}, cut(Buffer.from(body.slice(0, length))));
      expect(renewalIn({ reading, counts })).toBe(length >= end ? "the new one" : undefined);
      expect([reading.kind, counts]).toEqual(["error", false]);
    }
  });
});

function expectSound({ reading, counts }: Judgement): void {
  if (reading.kind === "error") {
    expect(CLASSES).toContain(reading.errorClass);
    expect(reading.code).toMatch(PRINTABLE);
    expect(reading.refreshToken?.reveal()).not.toBe(SPENT);
    return;
  }
  const { expiresAt, refreshExpiresAt, scope = [] } = reading.tokens;
  expect(counts).toBe(true);
  for (const [instant, years] of [
    [expiresAt, 1],
    [refreshExpiresAt, 10],
  ] as const) {
    const left = (instant ?? OBTAINED_AT).getTime() - OBTAINED_AT.getTime();
    expect(left >= 0 && left <= years * YEAR_MILLISECONDS, String(left)).toBe(true);
  }
  for (const name of scope) expect(name).toMatch(/^[\x21\x23-\x5B\x5D-\x7E]+$/);
}

describe("whatever comes,", () => {
  it("it is judged: a class of the list, a code that is safe to print, instants in their bounds", async () => {
    const status = fc.oneof(fc.constantFrom(200, 400, 401), fc.integer({ min: 200, max: 599 }));
    await fc.assert(
      fc.asyncProperty(declarations, bodies, status, async (declaration, body, code) => {
        expectSound(await judge(declaration, whole(body, code)));
        expectSound(await judge(declaration, cut(body)));
      }),
      { numRuns: 800 },
    );
  });

  it("an error that repeats the spent token brings no new one", async () => {
    const failing = fc.constantFrom(
      { error: "invalid_grant" },
      { error: { code: 190 } },
      { ok: false, access_token: "a" },
      { status: 601 },
      {},
    );
    const success = { token_response: { success: { pointer: "/ok", equals: true } } };
    const place = fc.constantFrom(
      "/refresh_token",
      "/request/refresh_token",
      "/user/renewal",
      "/a/b/refreshToken",
    );
    await fc.assert(
      fc.asyncProperty(declarations, failing, place, async (declaration, error, pointer) => {
        const body = JSON.stringify({ ...error, ...(withValueAt(pointer, SPENT) as object) });
        for (const status of [200, 400, 401, 500]) {
          const judged = await judge({ ...declaration, ...success }, whole(Buffer.from(body), status));
          expect(judged.reading.kind).toBe("error");
          expectSound(judged);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("no status below 200 and none of a server's own trouble is an answer", async () => {
    const status = fc.oneof(fc.integer({ min: 100, max: 199 }), fc.integer({ min: 500, max: 599 }));
    await fc.assert(
      fc.asyncProperty(declarations, surroundings, status, async (declaration, fields, code) => {
        const provider = departing(declaration);
        const raw = { status: code, contentType: "", body: JSON.stringify({ ...fields, access_token: "a" }) };
        const context = {
          provider,
          clientId: "c",
          requestedScopes: [],
          obtainedAt: OBTAINED_AT,
          replaces: undefined,
        };
        expect(isWellFormed(raw, provider)).toBe(false);
        expect((await readAnswer(raw, context)).kind).toBe("error");
      }),
      { numRuns: 200 },
    );
  });
});
