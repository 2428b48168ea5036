import { decodeFields, salvage } from "../oauth/decode.ts";
import type { Fields } from "../oauth/decode.ts";
import { REFRESH_LIFETIME } from "../oauth/normalize.ts";
import type { RawAnswer } from "../oauth/token-set.ts";
import { encodeEnvelope } from "./envelope.ts";
import type { Envelope } from "./envelope.ts";
import { MAX_VALUE_BYTES } from "./sealing.ts";

const TOKENS = ["access_token", "token_type", "refresh_token", "expires_in"];
const REST = ["scope", ...REFRESH_LIFETIME, "error", "error_description"];

/** What is left out, step by step, until the rest fits: what a refresh can do without goes first. */
const REDUCTIONS: readonly ((envelope: Envelope) => Envelope)[] = [
  (envelope) => envelope,
  (envelope) => withFields(envelope, [...TOKENS, ...REST]),
  (envelope) => withFields(envelope, [...TOKENS, "error"]),
  (envelope) => withoutHistory(withFields(envelope, [...TOKENS, "error"])),
  (envelope) => withoutHistory(withFields(envelope, ["refresh_token"])),
];

/**
 * The envelope with as much of its answer as a secret holds. A provider's answer may be of any size, and by now the
 * refresh token before it is spent: the new one is the last thing to be left out.
 */
export function fitEnvelope(envelope: Envelope): Envelope {
  for (const reduce of REDUCTIONS) {
    const candidate = reduce(envelope);
    if (fits(candidate)) return candidate;
  }
  return envelope;
}

function fits(envelope: Envelope): boolean {
  return Buffer.byteLength(encodeEnvelope(envelope).reveal(), "utf8") <= MAX_VALUE_BYTES;
}

function withFields(envelope: Envelope, names: readonly string[]): Envelope {
  const { answer } = envelope;
  const fields = fieldsOf(answer);
  // Strings and numbers only: whatever else a provider puts there could be of any depth.
  const kept = names.flatMap((name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return typeof value === "string" || typeof value === "number" ? [[name, value] as const] : [];
  });
  const body = JSON.stringify(Object.fromEntries(kept));
  return { ...envelope, answer: { status: answer.status, contentType: "application/json", body } };
}

function fieldsOf(answer: RawAnswer): Fields {
  const fields = decodeFields(answer) ?? {};
  return { ...fields, refresh_token: fields["refresh_token"] ?? salvage(answer, "refresh_token") };
}

/** The token before it is dead where the answer brought a new one; the declaration knows the scopes. */
function withoutHistory(envelope: Envelope): Envelope {
  const replaces =
    typeof fieldsOf(envelope.answer)["refresh_token"] === "string" ? undefined : envelope.replaces;
  return { ...envelope, replaces, requestedScopes: [] };
}
