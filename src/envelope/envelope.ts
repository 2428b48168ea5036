import { SealringError } from "../errors.ts";
import type { RawAnswer } from "../oauth/token-set.ts";
import { Secret } from "../secret.ts";
import type { Pins } from "./pins.ts";

/**
 * A credential's live tokens: the raw answer that brought them, and what is needed to read it. It is parsed when it
 * is loaded, so that nothing between the provider's answer and the store can fail on what the answer says.
 */
export interface Envelope {
  readonly name: string;
  readonly generation: number;
  /** The nonce of the intent under which it was obtained. */
  readonly nonce: string;
  readonly obtainedAt: Date;
  readonly pins: Pins;
  /** The refresh token that was spent for this answer, which may omit a new one (RFC 6749 §6). */
  readonly replaces: Secret | undefined;
  /** As requested, without the provider's prefix: what was granted when the answer names no scope. */
  readonly requestedScopes: readonly string[];
  readonly answer: RawAnswer;
  /** 32 random bytes in base64: authenticates the box of the envelope that comes after this one. */
  readonly key: Secret;
}

/** The envelope as the value of its secret: one line of JSON, to be sealed at once. */
export function encodeEnvelope(envelope: Envelope): Secret {
  return new Secret(
    JSON.stringify({
      version: 1,
      name: envelope.name,
      generation: envelope.generation,
      nonce: envelope.nonce,
      obtained_at: envelope.obtainedAt,
      pins: envelope.pins,
      replaces: envelope.replaces?.reveal() ?? null,
      requested_scopes: envelope.requestedScopes,
      answer: envelope.answer,
      key: envelope.key.reveal(),
    }),
  );
}

/**
 * Opens the value of an envelope's secret.
 * @throws SealringError `reauthorization_required` when it is not this credential's envelope; never with its text.
 */
export function decodeEnvelope(name: string, value: Secret): Envelope {
  const file = parse(value);
  if (!isEnvelopeFile(file) || file.name !== name) throw unreadable(name);
  return {
    name,
    generation: file.generation,
    nonce: file.nonce,
    obtainedAt: new Date(file.obtained_at),
    pins: file.pins,
    replaces: file.replaces === null ? undefined : new Secret(file.replaces),
    requestedScopes: file.requested_scopes,
    answer: file.answer,
    key: new Secret(file.key),
  };
}

interface EnvelopeFile {
  readonly version: 1;
  readonly name: string;
  readonly generation: number;
  readonly nonce: string;
  readonly obtained_at: string;
  readonly pins: Pins;
  readonly replaces: string | null;
  readonly requested_scopes: readonly string[];
  readonly answer: RawAnswer;
  readonly key: string;
}

/** A parser's own error would quote the text: it is dropped on purpose. */
function parse(value: Secret): unknown {
  try {
    return JSON.parse(value.reveal());
  } catch {
    return undefined;
  }
}

function isEnvelopeFile(value: unknown): value is EnvelopeFile {
  if (!isRecord(value) || value["version"] !== 1) return false;
  const { generation, obtained_at: obtainedAt, replaces, requested_scopes: scopes, answer, pins } = value;
  return (
    [value["name"], value["nonce"], value["key"]].every((text) => typeof text === "string") &&
    Number.isSafeInteger(generation) &&
    typeof obtainedAt === "string" &&
    !Number.isNaN(Date.parse(obtainedAt)) &&
    (replaces === null || typeof replaces === "string") &&
    Array.isArray(scopes) &&
    scopes.every((scope) => typeof scope === "string") &&
    isRecord(answer) &&
    typeof answer["status"] === "number" &&
    typeof answer["contentType"] === "string" &&
    typeof answer["body"] === "string" &&
    isRecord(pins) &&
    typeof pins["client_id"] === "string"
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unreadable(name: string): SealringError {
  return new SealringError(
    "reauthorization_required",
    `the envelope of ${name} is not one that sealring wrote`,
    {
      hint: `run: sealring authorize ${name}`,
    },
  );
}
