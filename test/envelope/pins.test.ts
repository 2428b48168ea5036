import { describe, expect, it, test } from "vitest";
import { asAuthorized, brokenPins, pinsOf } from "../../src/envelope/pins.ts";
import type { Pins } from "../../src/envelope/pins.ts";
import { aCredential, anEnvelope } from "../support/entries.ts";
import { aProvider, departing } from "../support/scripted-http.ts";

const { pins } = anEnvelope();
const PROJECT = { envelopeStore: "environment sealring of acme/app", recoveryRecipient: undefined };

test("the pins of a declaration are its issuer, its endpoints' origins, its client, its store and its recipient", () => {
  expect(pinsOf(aCredential(), PROJECT)).toEqual(pins);
  expect(pinsOf(aCredential(), { ...PROJECT, recoveryRecipient: "age1x" }).recovery_recipient).toBe("age1x");
});

test("what a declaration does not have is pinned as missing", () => {
  const provider = aProvider({
    metadata: { token_endpoint: "https://a.example/t" },
    verification: undefined,
  });
  expect(pinsOf(aCredential({ provider }), PROJECT)).toMatchObject({
    ...{ issuer: null, revocation_origin: null, verification_origin: null },
    token_origin: "https://a.example",
  });
});

describe("a pin is broken", () => {
  it.each(Object.keys(pins) as (keyof Pins)[])("by another %s", (name) => {
    expect(brokenPins(pins, { ...pins, [name]: "https://evil.example" })).toEqual([name]);
  });

  it("by a value where there was none, and by none where there was one", () => {
    expect(brokenPins(pins, { ...pins, recovery_recipient: "age1evil" })).toEqual(["recovery_recipient"]);
    expect(brokenPins({ ...pins, revocation_origin: null }, pins)).toEqual(["revocation_origin"]);
    expect(brokenPins(pins, { ...pins, issuer: null })).toEqual(["issuer"]);
  });

  it.each([
    ["host", "https://id.example.com.evil.example/token"],
    ["user name that looks like the host", "https://id.example.com@evil.example/token"],
    ["scheme", "http://id.example.com/token"],
    ["port", "https://id.example.com:8443/token"],
  ])("by a token endpoint of another %s", (_, url) => {
    const provider = aProvider({ metadata: { ...aProvider().metadata, token_endpoint: url } });
    expect(brokenPins(pins, pinsOf(aCredential({ provider }), PROJECT))).toEqual(["token_origin"]);
  });
});

test("no pin is broken by another path, an explicit default port, or another scope", () => {
  const metadata = { ...aProvider().metadata, token_endpoint: "https://ID.example.com:443/oauth2/token" };
  const moved = aCredential({ provider: aProvider({ metadata }), scopes: ["everything"] });
  expect(brokenPins(pins, pinsOf(moved, PROJECT))).toEqual([]);
});

test("an envelope from before a pin was known stands for one that had none", () => {
  const { recovery_recipient: _, ...older } = pins;
  expect(brokenPins(older as Pins, pins)).toEqual([]);
  expect(brokenPins(older as Pins, { ...pins, recovery_recipient: "age1x" })).toEqual(["recovery_recipient"]);
});

test("what is no URL is pinned as it is written, and stops nobody", () => {
  const broken = { issuer: "https://v2.example", token_endpoint: "https://[zz]/t" };
  const provider = departing({ generations: [broken], token_endpoint: "https://[zz]/t" });
  expect(pinsOf(aCredential({ provider }), PROJECT).token_origin).toBe("https://[zz]/t");
  const second = { ...pins, issuer: "https://v2.example", token_origin: "https://v2.example" };
  expect(asAuthorized(aCredential({ provider }), second).provider).toBe(provider);
});

test("a store's name is no other in capitals", () => {
  const loud = { ...PROJECT, envelopeStore: "environment Sealring of ACME/app" };
  expect(brokenPins(pins, pinsOf(aCredential(), loud))).toEqual([]);
});

test("a credential is at the generation of its provider that its pins name, and else as it is declared", () => {
  const provider = departing({
    generations: [{ issuer: "https://v2.example", token_endpoint: "https://v2.example/t" }],
  });
  const credential = aCredential({ provider });
  const second = { ...pins, issuer: "https://v2.example", token_origin: "https://v2.example" };
  expect(asAuthorized(credential, second).provider.metadata.token_endpoint).toBe("https://v2.example/t");
  expect(brokenPins(second, pinsOf(asAuthorized(credential, second), PROJECT))).toEqual([]);
  for (const other of [pins, { ...second, token_origin: "https://evil.example" }])
    expect(asAuthorized(credential, other)).toBe(credential);
});
