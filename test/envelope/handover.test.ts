import fc from "fast-check";
import { expect, it } from "vitest";
import { openUnder, sealUnder } from "../../src/envelope/handover.ts";
import { Secret } from "../../src/secret.ts";
import { CANARIES, expectNoCanary } from "../support/canary.ts";
import { realRandom } from "../support/grant-ports.ts";

const HANDING = { secret: new Secret("ghs_token"), name: "oura" };

it("what is sealed under a secret and a name opens under both, and shows nothing of itself", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const sealed = sealUnder(HANDING, new Secret(text + CANARIES.refreshToken), realRandom);
      expectNoCanary(Buffer.from(sealed, "base64"));
      expect(openUnder(HANDING, sealed)?.reveal()).toBe(text + CANARIES.refreshToken);
    }),
    { numRuns: 30 },
  );
});

it("it opens under no other secret and no other name", () => {
  const sealed = sealUnder(HANDING, new Secret("value"), realRandom);
  expect(openUnder({ ...HANDING, secret: new Secret("ghs_other") }, sealed)).toBeUndefined();
  expect(openUnder({ ...HANDING, name: "strava" }, sealed)).toBeUndefined();
});

it("one bit that differs anywhere, and it does not open", () => {
  const sealed = Buffer.from(sealUnder(HANDING, new Secret("value"), realRandom), "base64");
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Buffer.from(sealed);
    const at = bit >> 3;
    changed[at] = (changed[at] ?? 0) ^ (1 << (bit & 7));
    expect(openUnder(HANDING, changed.toString("base64"))).toBeUndefined();
  }
});

it("a text that is cut short does not open", () => {
  const sealed = Buffer.from(sealUnder(HANDING, new Secret("value"), realRandom), "base64");
  for (let length = 0; length < sealed.length; length += 1)
    expect(openUnder(HANDING, sealed.subarray(0, length).toString("base64"))).toBeUndefined();
});
