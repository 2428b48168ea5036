import type { Credential } from "../../declaration/credential.ts";
import { needsDiscovery } from "../../oauth/discovery.ts";
import { isInCatalogue, recipientHosts } from "../../providers/recipients.ts";
import type { Provider } from "../../providers/provider.ts";
import type { Secret } from "../../secret.ts";
import type { Console } from "../console.ts";

/** A client secret that this console has for something else, or had before, and to whom an authorization sends it. */
export interface Sending {
  readonly secretName: string;
  readonly from: "variables" | "typed";
  readonly to: string;
  /** `needed`: no entry of the catalogue says that it goes there, only the credential's file does. */
  readonly consent: "needed" | "not_needed";
}

/** undefined: nothing is sent but what was typed for exactly that. */
export function sendingOf(
  { ports, typed, typedFor }: Console,
  { client: { secretName }, provider }: Credential,
): Sending | undefined {
  if (secretName === undefined || ports.secrets.read(secretName) === undefined) return undefined;
  const to = recipientWords(provider);
  const kept = typed.get(secretName);
  if (kept !== undefined && typedFor.get(kept) === to) return undefined;
  const from = kept === undefined ? "variables" : "typed";
  return { secretName, from, to, consent: isInCatalogue(provider) ? "not_needed" : "needed" };
}

/** Keeps a client secret that was typed for a credential, as it is declared now, until it is sealed or refused. */
export function keepTyped(
  { typed, typedFor }: Console,
  { client: { secretName }, provider }: Credential,
  secret: Secret,
): void {
  if (secretName === undefined) return;
  typed.set(secretName, secret);
  typedFor.set(secret, recipientWords(provider));
}

function recipientWords(provider: Provider): string {
  const hosts = recipientHosts(provider).join(", ");
  const { issuer } = provider.metadata;
  return needsDiscovery(provider) ? `${hosts}, or where ${issuer ?? ""} says` : hosts;
}

/** What happens, in a sentence without its end. */
export function sendingWords({ secretName, from, to }: Sending): string {
  return from === "typed"
    ? `The client secret ${secretName}, as it was typed in this console before, is sent to ${to}`
    : `The client secret ${secretName} is read from the variables of this console and sent to ${to}`;
}

/** What a person's tick is sent as: it is good for this alone, whatever a file says meanwhile. */
export function tickOf({ secretName, to }: Sending): string {
  return `${secretName} ${to}`;
}
