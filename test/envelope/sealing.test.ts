import sodium from "libsodium-wrappers";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { MAX_SECRET_BYTES, seal } from "../../src/envelope/sealing.ts";
import { Secret } from "../../src/secret.ts";

interface Pair {
  readonly key: { readonly keyId: string; readonly key: string };
  readonly open: (ciphertext: string) => string;
}

let pair: Pair;

beforeAll(async () => {
  await sodium.ready;
  const keys = sodium.crypto_box_keypair();
  pair = {
    key: { keyId: "k1", key: Buffer.from(keys.publicKey).toString("base64") },
    open: (ciphertext) =>
      Buffer.from(
        sodium.crypto_box_seal_open(Buffer.from(ciphertext, "base64"), keys.publicKey, keys.privateKey),
      ).toString("utf8"),
  };
});

test("whatever is sealed opens with the store's private key, byte for byte", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 200 }), async (text) => {
      const sealed = await seal(new Secret(text), pair.key);
      expect(sealed.keyId).toBe("k1");
      expect(pair.open(sealed.ciphertext)).toBe(text);
    }),
  );
});

test("sealing the same value twice gives two different boxes", async () => {
  const value = new Secret("once");
  expect((await seal(value, pair.key)).ciphertext).not.toBe((await seal(value, pair.key)).ciphertext);
});

test.each([
  ["an empty key", ""],
  ["a short key", Buffer.alloc(31, 7).toString("base64")],
  ["a long key", Buffer.alloc(33, 7).toString("base64")],
  ["a key that is not base64", "*".repeat(44)],
  ["a point of small order", Buffer.alloc(32).toString("base64")],
])("%s is refused, and the error does not show the value", async (_, key) => {
  const failure = seal(new Secret("CANARY-9f2"), { keyId: "k1", key });
  await expect(failure).rejects.toMatchObject({
    code: "store_refused",
    hint: expect.stringContaining("githubstatus.com") as string,
  });
  await expect(failure).rejects.not.toThrow("CANARY-9f2");
});

test("a value is sealed up to the 48 KB that GitHub takes, and refused one byte over", async () => {
  const largest = MAX_SECRET_BYTES - 48;
  const sealed = await seal(new Secret("x".repeat(largest)), pair.key);
  expect(Buffer.from(sealed.ciphertext, "base64").length).toBe(MAX_SECRET_BYTES);
  await expect(seal(new Secret("x".repeat(largest + 1)), pair.key)).rejects.toMatchObject({
    code: "store_refused",
  });
});
