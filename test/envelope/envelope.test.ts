import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { decodeEnvelope, encodeEnvelope } from "../../src/envelope/envelope.ts";
import type { Envelope } from "../../src/envelope/envelope.ts";
import { SealringError } from "../../src/errors.ts";
import { Secret } from "../../src/secret.ts";
import { canary, CANARIES, expectNoCanary } from "../support/canary.ts";
import { anEnvelope } from "../support/entries.ts";

const maybeText = fc.option(fc.string({ unit: "binary" }));

const anyEnvelope: fc.Arbitrary<Envelope> = fc.record({
  name: fc.string(),
  generation: fc.nat(),
  nonce: fc.string(),
  obtainedAt: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("2200-01-01") }),
  pins: fc.record({
    issuer: maybeText,
    token_origin: maybeText,
    refresh_origin: maybeText,
    revocation_origin: maybeText,
    verification_origin: maybeText,
    request_shape: maybeText,
    client_id: fc.string(),
    client_secret_name: maybeText,
    envelope_store: fc.string(),
    recovery_recipient: maybeText,
  }),
  replaces: fc.option(
    fc.string().map((text) => new Secret(text)),
    { nil: undefined },
  ),
  requestedScopes: fc.array(fc.string()),
  // Whatever bytes a provider sends: quotes, line breaks, half a surrogate.
  answer: fc.record({ status: fc.nat(599), contentType: fc.string(), body: fc.string({ unit: "binary" }) }),
  key: fc.string().map((text) => new Secret(text)),
});

/** With the secrets laid open, so that they are compared. */
function open(envelope: Envelope): object {
  return { ...envelope, replaces: envelope.replaces?.reveal(), key: envelope.key.reveal() };
}

test("whatever an envelope holds is read back as it was, and is one line", () => {
  fc.assert(
    fc.property(anyEnvelope, (envelope) => {
      const value = encodeEnvelope(envelope);
      expect(value.reveal()).not.toContain("\n");
      expect(open(decodeEnvelope(envelope.name, value))).toEqual(open(envelope));
    }),
  );
});

describe("a secret that is not this credential's envelope", () => {
  const body = `{"access_token":"${CANARIES.accessToken}","refresh_token":"${canary("refresh-token")}"}`;
  const good = JSON.parse(
    encodeEnvelope(anEnvelope({ answer: { ...anEnvelope().answer, body } })).reveal(),
  ) as Record<string, unknown>;
  const spoilt: Record<string, unknown> = {
    "of another version": { ...good, version: 2 },
    "another credential's": { ...good, name: "strava" },
    "without a generation": { ...good, generation: undefined },
    "with a generation that no number counts": { ...good, generation: 2 ** 60 },
    "with a date that is none": { ...good, obtained_at: "yesterday" },
    "without pins": { ...good, pins: undefined },
    "with pins that are a list": { ...good, pins: [] },
    "without a client id among its pins": { ...good, pins: { issuer: "x" } },
    "with an answer that is a text": { ...good, answer: body },
    "with a body that is no text": { ...good, answer: { status: 200, contentType: "", body: {} } },
    "with scopes that are a text": { ...good, requested_scopes: "daily" },
    "with a refresh token that is no text": { ...good, replaces: 7 },
    "without a key": { ...good, key: undefined },
    "a list of them": [good],
    null: null,
  };

  it.each(Object.entries(spoilt))("%s is refused, and nothing of it is quoted", (_, file) => {
    expectRefused(JSON.stringify(file));
  });

  it.each([body, CANARIES.refreshToken, `{"version":1,"x":"${CANARIES.accessToken}`, "", "undefined"])(
    "but a bare token or half a file (%#) is refused, and nothing of it is quoted",
    expectRefused,
  );

  it("is refused, whatever JSON it is", () => {
    fc.assert(fc.property(fc.json(), expectRefused));
  });
});

function expectRefused(text: string): void {
  try {
    decodeEnvelope("oura", new Secret(text));
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    expect(error.code).toBe("reauthorization_required");
    expect(error.cause).toBeUndefined();
    expectNoCanary(`${error.message} ${error.hint ?? ""} ${error.stack ?? ""}`);
    return;
  }
  expect.unreachable("it was taken for an envelope");
}
