import { SealringError } from "../errors.ts";
import type { SealedValue, StoreKey } from "../github.ts";
import type { Secret } from "../secret.ts";

/** What GitHub takes as a secret, in bytes: 48 KB (docs.github.com, "Using secrets in GitHub Actions", limits). */
export const MAX_SECRET_BYTES = 48 * 1024;

/** A sealed box is this much longer than its value: an ephemeral X25519 key (32) and a Poly1305 tag (16). */
const OVERHEAD_BYTES = 48;

/** The longest value that can be sealed, in bytes. */
export const MAX_VALUE_BYTES = MAX_SECRET_BYTES - OVERHEAD_BYTES;

const KEY_BYTES = 32;

/**
 * Seals a value to a store's public key (libsodium `crypto_box_seal`): nobody but the store can open it, this process
 * included. Throws `store_refused` when the key is none, or when the sealed value would exceed 48 KB.
 */
export async function seal(value: Secret, key: StoreKey): Promise<SealedValue> {
  const publicKey = decodeKey(key);
  const plain = Buffer.from(value.reveal(), "utf8");
  refuseOversize(plain.length + OVERHEAD_BYTES);
  // Loaded here, because commands that seal nothing need not wait for the WebAssembly module.
  const { default: sodium } = await import("libsodium-wrappers");
  await sodium.ready;
  const box = sealBox(() => sodium.crypto_box_seal(plain, publicKey));
  return { keyId: key.keyId, ciphertext: Buffer.from(box).toString("base64") };
}

function decodeKey(key: StoreKey): Uint8Array {
  const bytes = Buffer.from(key.key, "base64");
  if (bytes.length !== KEY_BYTES || bytes.toString("base64") !== key.key) throw unusableKey();
  return bytes;
}

function refuseOversize(bytes: number): void {
  if (bytes <= MAX_SECRET_BYTES) return;
  throw new SealringError(
    "store_refused",
    `the value needs ${String(bytes)} bytes sealed; a GitHub secret holds ${String(MAX_SECRET_BYTES)}`,
    {
      hint: "ask the provider for a smaller token: fewer scopes or claims",
    },
  );
}

/** libsodium throws on a point of small order, to which nothing can be sealed. */
function sealBox(make: () => Uint8Array): Uint8Array {
  try {
    return make();
  } catch {
    throw unusableKey();
  }
}

function unusableKey(): SealringError {
  return new SealringError("store_refused", "the store's public key is not a usable X25519 key", {
    hint: "run the command again; if it stays so, look at githubstatus.com",
  });
}
