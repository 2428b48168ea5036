import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import { Secret } from "../secret.ts";
import type { RandomBytes } from "../ports.ts";

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const SALT_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const PURPOSE = "sealring handover v1";

/** Under what, and as what, a value is sealed. It opens under the same only. */
export interface Handing {
  /** Of high entropy: a token. */
  readonly secret: Secret;
  readonly name: string;
}

/**
 * Seals a value under a secret that another process has as well: AES-256-GCM (NIST SP 800-38D), its key derived anew for
 * each value by HKDF-SHA256 (RFC 5869). base64.
 */
export function sealUnder({ secret, name }: Handing, value: Secret, random: RandomBytes): string {
  const [salt, iv] = [random(SALT_BYTES), random(IV_BYTES)];
  const cipher = createCipheriv(CIPHER, keyOf(secret, salt), iv).setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(value.reveal(), "utf8"), cipher.final()]);
  return Buffer.concat([salt, iv, cipher.getAuthTag(), body]).toString("base64");
}

/** undefined: it was sealed under another secret or name, or is not what it was. */
export function openUnder({ secret, name }: Handing, sealed: string): Secret | undefined {
  const bytes = Buffer.from(sealed, "base64");
  const [salt, iv] = [bytes.subarray(0, SALT_BYTES), bytes.subarray(SALT_BYTES, SALT_BYTES + IV_BYTES)];
  const rest = bytes.subarray(SALT_BYTES + IV_BYTES);
  if (rest.length < TAG_BYTES) return undefined;
  const decipher = createDecipheriv(CIPHER, keyOf(secret, salt), iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(name))
    .setAuthTag(rest.subarray(0, TAG_BYTES));
  try {
    const text = Buffer.concat([decipher.update(rest.subarray(TAG_BYTES)), decipher.final()]);
    return new Secret(text.toString("utf8"));
  } catch {
    return undefined;
  }
}

function keyOf(secret: Secret, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync("sha256", secret.reveal(), salt, PURPOSE, KEY_BYTES));
}
