import type { Fields } from "../oauth/decode.ts";
import { REFRESH_LIFETIME } from "../oauth/expiry.ts";
import { decodeAnswer, renewableIn } from "../oauth/members.ts";
import type { AnswerShape } from "../oauth/members.ts";
import { encodeEnvelope } from "./envelope.ts";
import type { Envelope } from "./envelope.ts";
import { MAX_VALUE_BYTES } from "./sealing.ts";

const TOKENS = ["access_token", "token_type", "refresh_token", "expires_in", "expires_at"];
const REST = ["scope", ...REFRESH_LIFETIME, "error", "error_description"];

/** What is left out, step by step, until the rest fits: what a refresh can do without goes first. */
const REDUCTIONS: readonly ((envelope: Envelope, shape: AnswerShape) => Envelope)[] = [
  (envelope) => envelope,
  (envelope, shape) => withFields(envelope, shape, [...TOKENS, ...REST]),
  (envelope, shape) => withFields(envelope, shape, [...TOKENS, "error"]),
  (envelope, shape) => withoutHistory(withFields(envelope, shape, [...TOKENS, "error"]), shape),
  (envelope, shape) => withoutHistory(withFields(envelope, shape, [shape.refresh.presents]), shape),
];

/**
 * The envelope with as much of its answer as a secret holds. A provider's answer may be of any size, and by now the
 * refresh token before it is spent: the new one is the last thing to be left out. What is left stands under its own name
 * at the top, wherever the provider had it.
 */
export function fitEnvelope(envelope: Envelope, shape: AnswerShape): Envelope {
  for (const reduce of REDUCTIONS) {
    const candidate = reduce(envelope, shape);
    if (fits(candidate)) return candidate;
  }
  return envelope;
}

function fits(envelope: Envelope): boolean {
  return Buffer.byteLength(encodeEnvelope(envelope).reveal(), "utf8") <= MAX_VALUE_BYTES;
}

function withFields(envelope: Envelope, shape: AnswerShape, names: readonly string[]): Envelope {
  const { answer } = envelope;
  const fields = fieldsOf(envelope, shape);
  // Strings and numbers only: whatever else a provider puts there could be of any depth.
  const kept = names.flatMap((name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return typeof value === "string" || typeof value === "number" ? [[name, value] as const] : [];
  });
  const body = JSON.stringify(Object.fromEntries(kept));
  return { ...envelope, answer: { status: answer.status, contentType: "application/json", body } };
}

function fieldsOf(envelope: Envelope, shape: AnswerShape): Fields {
  const answer = decodeAnswer(envelope.answer, shape);
  const renewable = renewableIn(answer, shape, envelope.replaces?.reveal());
  return { ...answer.members, [shape.refresh.presents]: renewable };
}

/** The token before it is dead where the answer brought a new one; the declaration knows the scopes. */
function withoutHistory(envelope: Envelope, shape: AnswerShape): Envelope {
  const isReplaced = fieldsOf(envelope, shape)[shape.refresh.presents] !== undefined;
  return { ...envelope, replaces: isReplaced ? undefined : envelope.replaces, requestedScopes: [] };
}
