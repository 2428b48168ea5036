import { createHmac, timingSafeEqual } from "node:crypto";
import type { SealedValue } from "../ports.ts";
import type { Secret } from "../secret.ts";

/**
 * An envelope, sealed to its store's key, on its way there. Where it goes comes from the declaration, never from here.
 */
export interface Box {
  readonly credential: string;
  readonly generation: number;
  readonly nonce: string;
  readonly sealed: SealedValue;
}

/** The box as text for a disk, authenticated under the key of the envelope before it (none: the first one). */
export function encodeBox(box: Box, previousKey: Secret | undefined): string {
  const mac = previousKey === undefined ? null : authenticate(box, previousKey);
  return `${JSON.stringify({ version: 1, ...box, mac })}\n`;
}

/** Whether a box's text was written by the holder of the envelope before it. */
export function isAuthentic(text: string, previousKey: Secret): boolean {
  const { mac, ...box } = JSON.parse(text) as Box & { readonly mac: string | null };
  if (mac === null) return false;
  const expected = Buffer.from(authenticate(box, previousKey));
  const given = Buffer.from(mac);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function authenticate(box: Box, key: Secret): string {
  const { credential, generation, nonce, sealed } = box;
  const message = JSON.stringify([1, credential, generation, nonce, sealed.keyId, sealed.ciphertext]);
  return createHmac("sha256", Buffer.from(key.reveal(), "base64")).update(message).digest("base64");
}
