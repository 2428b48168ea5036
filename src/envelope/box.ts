import { createHmac, timingSafeEqual } from "node:crypto";
import type { SealedValue } from "../github.ts";
import type { Secret } from "../secret.ts";

/**
 * An envelope, sealed to its store's key, on its way there. Where it goes comes from the declaration, never from here.
 */
export interface Box {
  readonly credential: string;
  readonly generation: number;
  readonly nonce: string;
  readonly sealed: SealedValue;
  /** The same envelope, sealed to the recovery recipient: an armored age file. */
  readonly recovery: string | undefined;
  /** Of an authorization: the client secret that it proved, which its store has to take as well. */
  readonly clientSecret: SealedValue | undefined;
}

/** The box as text for a disk, authenticated under the key of the envelope before it (none: the first one). */
export function encodeBox(box: Box, previousKey: Secret | undefined): string {
  const mac = previousKey === undefined ? null : authenticate(box, previousKey);
  const { recovery = null, clientSecret = null } = box;
  return `${JSON.stringify({ version: 1, ...box, recovery, clientSecret, mac })}\n`;
}

/** Opens a box's text; undefined unless the holder of the envelope before it wrote it. */
export function openBox(text: string, previousKey: Secret): Box | undefined {
  const file = parse(text);
  if (typeof file?.mac !== "string") return undefined;
  const expected = Buffer.from(authenticate(file.box, previousKey));
  const given = Buffer.from(file.mac);
  return given.length === expected.length && timingSafeEqual(given, expected) ? file.box : undefined;
}

/** Reads a box's text, whoever wrote it: for a disk of one's own, or where the recovery copy is to be opened. */
export function readBox(text: string): Box | undefined {
  return parse(text)?.box;
}

interface BoxFile {
  readonly box: Box;
  readonly mac: unknown;
}

function parse(text: string): BoxFile | undefined {
  try {
    const file = JSON.parse(text) as Partial<Record<keyof Box | "mac", unknown>>;
    const { credential, generation, nonce, recovery, mac } = file;
    const [sealed, clientSecret] = [sealedValue(file.sealed), sealedValue(file.clientSecret)];
    if (typeof credential !== "string" || typeof nonce !== "string") return undefined;
    if (typeof generation !== "number" || sealed === undefined) return undefined;
    const copy = typeof recovery === "string" ? recovery : undefined;
    return { box: { credential, generation, nonce, sealed, recovery: copy, clientSecret }, mac };
  } catch {
    return undefined;
  }
}

function sealedValue(value: unknown): SealedValue | undefined {
  const { keyId, ciphertext } = (value ?? {}) as Partial<Record<keyof SealedValue, unknown>>;
  return typeof keyId === "string" && typeof ciphertext === "string" ? { keyId, ciphertext } : undefined;
}

function authenticate(box: Box, key: Secret): string {
  const { credential, generation, nonce, sealed, recovery = null, clientSecret = null } = box;
  const message = JSON.stringify([
    ...[1, credential, generation, nonce],
    ...[sealed.keyId, sealed.ciphertext, recovery, clientSecret],
  ]);
  return createHmac("sha256", Buffer.from(key.reveal(), "base64")).update(message).digest("base64");
}
