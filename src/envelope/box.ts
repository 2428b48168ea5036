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

/** Opens a box's text; undefined unless the holder of the envelope before it wrote it. */
export function openBox(text: string, previousKey: Secret): Box | undefined {
  const file = parse(text);
  if (file === undefined) return undefined;
  const { credential, generation, nonce, sealed, mac } = file;
  const box = { credential, generation, nonce, sealed };
  const expected = Buffer.from(authenticate(box, previousKey));
  const given = Buffer.from(mac);
  return given.length === expected.length && timingSafeEqual(given, expected) ? box : undefined;
}

function parse(text: string): (Box & { readonly mac: string }) | undefined {
  try {
    const file = JSON.parse(text) as Partial<Box> & { readonly mac?: unknown };
    const { credential, generation, nonce, sealed, mac } = file;
    if (typeof mac !== "string" || typeof credential !== "string" || typeof nonce !== "string")
      return undefined;
    if (typeof generation !== "number" || typeof sealed?.keyId !== "string") return undefined;
    return typeof sealed.ciphertext === "string" ? { credential, generation, nonce, sealed, mac } : undefined;
  } catch {
    return undefined;
  }
}

function authenticate(box: Box, key: Secret): string {
  const { credential, generation, nonce, sealed } = box;
  const message = JSON.stringify([1, credential, generation, nonce, sealed.keyId, sealed.ciphertext]);
  return createHmac("sha256", Buffer.from(key.reveal(), "base64")).update(message).digest("base64");
}
