import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeEnvelope } from "../../src/envelope/envelope.ts";
import type { Envelope } from "../../src/envelope/envelope.ts";
import { fitEnvelope } from "../../src/envelope/fit.ts";
import { MAX_VALUE_BYTES } from "../../src/envelope/sealing.ts";
import { readAnswer } from "../../src/oauth/answer.ts";
import { Secret } from "../../src/secret.ts";
import { anEnvelope } from "../support/entries.ts";
import { aProvider, departing } from "../support/scripted-http.ts";

const KB = 1_024;

function bytesOf(envelope: Envelope): number {
  return Buffer.byteLength(encodeEnvelope(envelope).reveal());
}

function withBody(body: string): Envelope {
  return anEnvelope({ answer: { status: 200, contentType: "application/json", body } });
}

test("an answer that fits is kept to the last byte", () => {
  const room = MAX_VALUE_BYTES - bytesOf(withBody(""));
  const largest = withBody("x".repeat(room));
  expect(fitEnvelope(largest, aProvider())).toEqual(largest);
  expect(bytesOf(largest)).toBe(MAX_VALUE_BYTES);
});

test("of a larger one the ID token and what sealring does not know are left out first", () => {
  const tokens = {
    access_token: "a",
    token_type: "bearer",
    refresh_token: "r",
    expires_in: 60,
    scope: "daily",
  };
  const body = JSON.stringify({ ...tokens, id_token: "i".repeat(50 * KB), profile: { name: "x" } });
  expect(JSON.parse(fitEnvelope(withBody(body), aProvider()).answer.body)).toEqual(tokens);
});

test("where the access token itself is too large, the refresh token is kept", () => {
  const body = JSON.stringify({ access_token: "a".repeat(60 * KB), refresh_token: "r" });
  expect(fitEnvelope(withBody(body), aProvider()).answer).toEqual({
    status: 200,
    contentType: "application/json",
    body: '{"refresh_token":"r"}',
  });
});

test("of two in a large answer the one that was not spent is kept", () => {
  const both = { request: { refresh_token: "spent" }, session: { refresh_token: "r" } };
  const envelope = withBody(JSON.stringify({ ...both, access_token: "a".repeat(60 * KB) }));
  const fitted = fitEnvelope({ ...envelope, replaces: new Secret("spent") }, aProvider());
  expect(fitted.answer.body).toBe('{"refresh_token":"r"}');
});

test("a refresh token is found in a large answer that broke off", () => {
  const body = `{"refresh_token":"r","access_token":"${"a".repeat(60 * KB)}`;
  expect(fitEnvelope(withBody(body), aProvider()).answer.body).toBe('{"refresh_token":"r"}');
});

test("whatever comes with a refresh token, of whatever size, it fits and has the refresh token in it", () => {
  const filler = fc.tuple(fc.constantFrom("x", '"', "\\", "\u0000", "é", "☃"), fc.nat(60 * KB));
  fc.assert(
    fc.property(filler, fc.stringMatching(/^[!-~]{1,200}$/), ([letter, count], refreshToken) => {
      const body = JSON.stringify({
        note: letter.repeat(count),
        access_token: "a",
        refresh_token: refreshToken,
      });
      const fitted = fitEnvelope(withBody(body), aProvider());
      expect(bytesOf(fitted)).toBeLessThanOrEqual(MAX_VALUE_BYTES);
      expect(JSON.parse(fitted.answer.body)).toMatchObject({ refresh_token: refreshToken });
    }),
    { numRuns: 50 },
  );
});

test("what a provider has elsewhere is left under its own name, and read from there", async () => {
  const provider = departing({
    token_response: {
      members: { access_token: "/user/token", refresh_token: "/user/renewal" },
      success: { pointer: "/ok", equals: true },
    },
  });
  const body = { ok: true, user: { token: "a", renewal: "r" }, note: "n".repeat(50 * KB) };
  const { answer } = fitEnvelope(withBody(JSON.stringify(body)), provider);
  expect(JSON.parse(answer.body)).toEqual({ access_token: "a", refresh_token: "r" });
  const context = { clientId: "c", requestedScopes: [], obtainedAt: new Date(0), replaces: undefined };
  const reading = await readAnswer(answer, { provider, ...context });
  expect(reading.kind === "tokens" && reading.tokens.refreshToken?.reveal()).toBe("r");
});

test("where the access token renews itself, it is the last to be left out", () => {
  const provider = departing({ refresh_request: { presents: "access_token" } });
  const body = JSON.stringify({ access_token: "a", refresh_token: "x".repeat(60 * KB) });
  expect(fitEnvelope(withBody(body), provider).answer.body).toBe('{"access_token":"a"}');
});
