import type { Credential } from "../../declaration/credential.ts";
import { needsDiscovery } from "../../oauth/discovery.ts";
import { isInCatalogue, recipientHosts } from "../../providers/recipients.ts";
import type { Console } from "../console.ts";

/** A client secret that is among the variables of this console, and to whom an authorization sends it. */
export interface Sending {
  readonly secretName: string;
  readonly to: string;
  /** `needed`: no entry of the catalogue says that it goes there, only the credential's file does. */
  readonly consent: "needed" | "not_needed";
}

/** undefined: nothing of this console's environment is sent. */
export function sendingOf(
  { ports, typed }: Console,
  { client: { secretName }, provider }: Credential,
): Sending | undefined {
  if (secretName === undefined || typed.has(secretName)) return undefined;
  if (ports.secrets.read(secretName) === undefined) return undefined;
  const hosts = recipientHosts(provider).join(", ");
  const { issuer } = provider.metadata;
  const to = needsDiscovery(provider) ? `${hosts}, or where ${issuer ?? ""} says` : hosts;
  return { secretName, to, consent: isInCatalogue(provider) ? "not_needed" : "needed" };
}

/** What happens, in a sentence without its end. */
export function sendingWords({ secretName, to }: Sending): string {
  return `The client secret ${secretName} is read from the variables of this console and sent to ${to}`;
}

/** What a person's tick is sent as: it is good for this alone, whatever a file says meanwhile. */
export function tickOf({ secretName, to }: Sending): string {
  return `${secretName} ${to}`;
}
