import type { Judgement } from "../../adding/judge.ts";
import type { Credential } from "../../declaration/credential.ts";
import { envelopeStore } from "../../declaration/credential.ts";
import { brokenPins, pinsOf } from "../../envelope/pins.ts";
import type { Pins } from "../../envelope/pins.ts";
import { describeTarget } from "../../stores/targets.ts";

/** A credential, and what the repository's declaration adds to it. */
export type Declaration = Pick<Judgement, "project"> & { readonly credential: Credential };

/** What a change costs whoever has authorized the credential before it. */
export function pinRemarks(old: Judgement, next: Judgement): readonly string[] {
  if (old.credential === undefined || next.credential === undefined) return [];
  const parts = pinChanges(
    { credential: old.credential, project: old.project },
    { credential: next.credential, project: next.project },
  );
  if (parts.length === 0) return [];
  const why = `${parts.join(" and ")} ${parts.length === 1 ? "changes" : "change"}`;
  return [
    `An authorization made before this change no longer holds, because ${why}: somebody has to authorize it again.`,
  ];
}

/** What of a declaration is other than it was authorized for, in words. */
export function pinChanges(was: Declaration, is: Declaration): readonly string[] {
  return [...new Set(brokenPins(pins(was), pins(is)).map((pin) => WORDS[pin]))];
}

function pins({ credential, project }: Declaration): Pins {
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
