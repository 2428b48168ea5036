import type { Judgement } from "../../adding/judge.ts";
import type { Credential } from "../../declaration/credential.ts";
import { envelopeStore } from "../../declaration/credential.ts";
import { brokenPins, pinsOf } from "../../envelope/pins.ts";
import type { Pins } from "../../envelope/pins.ts";
import { describeTarget } from "../../stores/targets.ts";

/** What a change costs whoever has authorized the credential before it. */
export function pinRemarks(old: Judgement, next: Judgement): readonly string[] {
  if (old.credential === undefined || next.credential === undefined) return [];
  const [was, is] = [pins(old.credential, old), pins(next.credential, next)];
  const parts = [...new Set(brokenPins(was, is).map((pin) => WORDS[pin]))];
  if (parts.length === 0) return [];
  const why = `${parts.join(" and ")} ${parts.length === 1 ? "changes" : "change"}`;
  return [
    `An authorization made before this change no longer holds, because ${why}: somebody has to authorize it again.`,
  ];
}

function pins(credential: Credential, { project }: Judgement): Pins {
  const store = envelopeStore(credential.environment, project.repository ?? "this repository");
  return pinsOf(credential, {
    envelopeStore: describeTarget(store),
    recoveryRecipient: project.recoveryRecipient,
  });
}

const PROVIDER = "the provider";
const WORDS: Readonly<Record<keyof Pins, string>> = {
  issuer: PROVIDER,
  token_origin: PROVIDER,
  refresh_origin: PROVIDER,
  revocation_origin: PROVIDER,
  verification_origin: PROVIDER,
  request_shape: PROVIDER,
  client_id: "the client id",
  client_secret_name: "the client secret's name",
  envelope_store: "the environment",
  recovery_recipient: "the recovery key",
};
