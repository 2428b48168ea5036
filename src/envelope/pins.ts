import type { Credential } from "../declaration/credential.ts";
import { requestShape } from "./request-shape.ts";

/**
 * What a credential was authorized for. A declaration that no longer agrees makes no request, so that a merged
 * change can send neither a token nor a client secret to another place.
 */
export interface Pins {
  readonly issuer: string | null;
  readonly token_origin: string | null;
  /** Where refreshes go, if not to the token endpoint. */
  readonly refresh_origin: string | null;
  readonly revocation_origin: string | null;
  readonly verification_origin: string | null;
  /** How an inline provider's requests depart from the RFCs, as a hash; null: not at all, or the catalogue's. */
  readonly request_shape: string | null;
  readonly client_id: string;
  /** Whose value is sent to the token endpoint: another name is another secret. */
  readonly client_secret_name: string | null;
  /** Where the envelope is: whoever can read that store can read the refresh token. */
  readonly envelope_store: string;
  readonly recovery_recipient: string | null;
}

/** What the repository's declaration adds to a credential's. */
export interface PinnedProject {
  /** The envelopes' store, as a person reads it. */
  readonly envelopeStore: string;
  readonly recoveryRecipient: string | undefined;
}

/** The pins of a declaration whose provider's endpoints are known (declared or discovered). */
export function pinsOf(credential: Credential, { envelopeStore, recoveryRecipient }: PinnedProject): Pins {
  const { metadata, refresh, verification } = credential.provider;
  return {
    issuer: metadata.issuer ?? null,
    token_origin: originOf(metadata.token_endpoint),
    refresh_origin: originOf(refresh.endpoint),
    revocation_origin: originOf(metadata.revocation_endpoint),
    verification_origin: originOf(verification?.endpoint),
    request_shape: requestShape(credential.provider),
    client_id: credential.client.id,
    client_secret_name: credential.client.secretName ?? null,
    envelope_store: envelopeStore.toLowerCase(),
    recovery_recipient: recoveryRecipient ?? null,
  };
}

/** The names of the pins in which a declaration differs from what was authorized. */
export function brokenPins(authorized: Pins, declared: Pins): readonly (keyof Pins)[] {
  const names: readonly (keyof Pins)[] = [
    "issuer",
    "token_origin",
    "refresh_origin",
    "revocation_origin",
    "verification_origin",
    "request_shape",
    "client_id",
    "client_secret_name",
    "envelope_store",
    "recovery_recipient",
  ];
  return names.filter((name) => (authorized[name] ?? null) !== declared[name]);
}

/**
 * The credential at the generation of its provider that authorized it: the one that the pins name. Where they name none of
 * them it is as declared, for the pins to judge.
 */
export function asAuthorized(credential: Credential, { issuer, token_origin: origin }: Pins): Credential {
  const provider = credential.provider.generations.find(
    ({ metadata }) => metadata.issuer === issuer && originOf(metadata.token_endpoint) === origin,
  );
  return provider === undefined ? credential : { ...credential, provider };
}

/** Of what is no URL, the text: the pins of one credential must not stop the others. */
function originOf(url: string | undefined): string | null {
  if (url === undefined) return null;
  return URL.canParse(url) ? new URL(url).origin : url;
}
