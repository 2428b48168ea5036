import { decodeFields, salvage } from "../oauth/decode.ts";
import type { Fields } from "../oauth/decode.ts";
import type { RawAnswer } from "../oauth/token-set.ts";
import { encodeEnvelope } from "./envelope.ts";
import type { Envelope } from "./envelope.ts";
import { MAX_VALUE_BYTES } from "./sealing.ts";

/** What is kept of an answer that is too large, the most that fits: without the ID token and strangers, or next to nothing. */
const KEPT: readonly (readonly string[])[] = [
  ["access_token", "token_type", "refresh_token", "expires_in", "scope"],
  ["refresh_token"],
];

/**
 * The envelope with as much of its answer as a secret holds. A provider's answer may be of any size, and by now the
 * refresh token before it is spent: the new one is the last thing to be left out.
 */
export function fitEnvelope(envelope: Envelope): Envelope {
  const answers = [envelope.answer, ...KEPT.map((names) => reduced(envelope.answer, names))];
  const candidates = answers.map((answer) => ({ ...envelope, answer }));
  return candidates.find(fits) ?? envelope;
}

function fits(envelope: Envelope): boolean {
  return Buffer.byteLength(encodeEnvelope(envelope).reveal(), "utf8") <= MAX_VALUE_BYTES;
}

function reduced(answer: RawAnswer, names: readonly string[]): RawAnswer {
  const fields: Fields = decodeFields(answer) ?? { refresh_token: salvage(answer, "refresh_token") };
  const kept = names.flatMap((name) => (Object.hasOwn(fields, name) ? [[name, fields[name]]] : []));
  return {
    status: answer.status,
    contentType: "application/json",
    body: JSON.stringify(Object.fromEntries(kept)),
  };
}
