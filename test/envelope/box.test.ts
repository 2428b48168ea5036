import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { encodeBox, openBox, readBox } from "../../src/envelope/box.ts";
import type { Box } from "../../src/envelope/box.ts";
import { Secret } from "../../src/secret.ts";

const KEY = new Secret(Buffer.alloc(32, 1).toString("base64"));
const BOX: Box = {
  credential: "oura",
  generation: 2,
  nonce: "nonce-2",
  sealed: { keyId: "568250167242549743", ciphertext: Buffer.alloc(80, 7).toString("base64") },
  recovery: "-----BEGIN AGE ENCRYPTED FILE-----",
  clientSecret: { keyId: "568250167242549743", ciphertext: Buffer.alloc(80, 9).toString("base64") },
};

test("a box opens under the key of the envelope before it", () => {
  expect(openBox(encodeBox(BOX, KEY), KEY)).toEqual(BOX);
  const without = { ...BOX, recovery: undefined, clientSecret: undefined };
  expect(openBox(encodeBox(without, KEY), KEY)).toEqual(without);
});

test("whoever wrote it, a box can be read; whether it is to be trusted is another question", () => {
  expect(readBox(encodeBox(BOX, KEY))).toEqual(BOX);
  expect(readBox(encodeBox(BOX, undefined))).toEqual(BOX);
  expect(readBox("<html>")).toBeUndefined();
});

describe("a box is not opened", () => {
  it("under any other key", () => {
    const other = new Secret(Buffer.alloc(32, 2).toString("base64"));
    expect(openBox(encodeBox(BOX, KEY), other)).toBeUndefined();
  });

  it("when it is the first one, which no envelope came before", () => {
    expect(openBox(encodeBox(BOX, undefined), KEY)).toBeUndefined();
  });

  const file = JSON.parse(encodeBox(BOX, KEY)) as Box & { mac: string };
  const altered: Record<string, object> = {
    "of another credential": { ...file, credential: "strava" },
    "of another generation": { ...file, generation: 3 },
    "of another intent": { ...file, nonce: "nonce-3" },
    "with another text in it": { ...file, sealed: { ...file.sealed, ciphertext: "AAAA" } },
    "for another key of the store": { ...file, sealed: { ...file.sealed, keyId: "1" } },
    "with its parts moved into each other": {
      ...file,
      nonce: `${file.nonce}",2`,
      generation: 2,
    },
    "without a seal": { ...file, mac: undefined },
    "with an empty seal": { ...file, mac: "" },
    "with half a seal": { ...file, mac: file.mac.slice(0, 20) },
    "with a seal in other letters": { ...file, mac: Buffer.from(file.mac, "base64").toString("hex") },
    "with another recovery copy": { ...file, recovery: "-----BEGIN" },
    "without its recovery copy": { ...file, recovery: null },
    "with another client secret": { ...file, clientSecret: file.sealed },
    "without its client secret": { ...file, clientSecret: null },
    "without a box in it": { ...file, sealed: null },
  };
  it.each(Object.entries(altered))("%s, though its seal was good", (_, forged) => {
    expect(openBox(JSON.stringify(forged), KEY)).toBeUndefined();
  });

  it("after any one character of it was changed", () => {
    const text = encodeBox(BOX, KEY);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (index, letter) => {
        const changed = text.slice(0, index) + letter + text.slice(index + 1);
        const opened = openBox(changed, KEY);
        // White space between the parts, and the version, are not what is sealed.
        if (opened !== undefined) expect(opened).toEqual(BOX);
      }),
    );
  });

  it.each(["", "{}", "null", "[]", "7", '"box"', "<html>"])("when it is %j", (text) => {
    expect(openBox(text, KEY)).toBeUndefined();
  });
});

test("a box tells nothing but what it is for and the sealed text", () => {
  const { mac, ...shown } = JSON.parse(encodeBox(BOX, KEY)) as Record<string, unknown>;
  expect(shown).toEqual({ version: 1, ...BOX });
  expect(mac).toMatch(/^[A-Za-z0-9+/]{43}=$/);
});
