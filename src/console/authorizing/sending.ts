import { createHash } from "node:crypto";
import type { Credential } from "../../declaration/credential.ts";
import { needsDiscovery } from "../../oauth/discovery.ts";
import { isInCatalogue, recipientPlaces } from "../../providers/recipients.ts";
import type { Provider } from "../../providers/provider.ts";
import type { Secret } from "../../secret.ts";
import type { Console } from "../console.ts";

/** The client secret that an authorization sends, and to whom. */
export interface Sending {
  readonly secretName: string;
  /** `field`: none is at hand, it is to be typed; `typed_for_it`: for exactly these recipients; `typed`: for others, or for none. */
  readonly from: "field" | "typed_for_it" | "typed" | "variables";
  readonly to: string;
  /** `needed`: only the credential's file says that it goes there, and nobody has agreed to it yet. */
  readonly consent: "needed" | "not_needed";
  /** Of the secret's name and its recipients. What a page's form brings is good for these alone, whatever a file says meanwhile. */
  readonly fingerprint: string;
}

/** undefined: the client has no secret. */
export function sendingOf(console: Console, { client, provider }: Credential): Sending | undefined {
  const { secretName } = client;
  if (secretName === undefined) return undefined;
  const fingerprint = fingerprintOf(secretName, provider);
  const from = sourceOf(console, secretName, fingerprint);
  const consent = from === "typed_for_it" || isKnown(provider) ? "not_needed" : "needed";
  return { secretName, from, to: recipientWords(provider), consent, fingerprint };
}

function sourceOf(
  { ports, typed, typedFor }: Console,
  secretName: string,
  fingerprint: string,
): Sending["from"] {
  const kept = typed.get(secretName);
  if (kept !== undefined) return typedFor.get(kept) === fingerprint ? "typed_for_it" : "typed";
  return ports.secrets.read(secretName) === undefined ? "field" : "variables";
}

/** Beside known addresses, an issuer that a file names may tell of others. */
function isKnown(provider: Provider): boolean {
  return isInCatalogue(provider) && !(provider.id === "inline" && needsDiscovery(provider));
}

/** Keeps a client secret that was typed for a credential, as it is declared now, until it is sealed or refused. */
export function keepTyped(
  { typed, typedFor }: Console,
  { client: { secretName }, provider }: Credential,
  secret: Secret,
): void {
  if (secretName === undefined) return;
  typed.set(secretName, secret);
  typedFor.set(secret, fingerprintOf(secretName, provider));
}

function fingerprintOf(secretName: string, provider: Provider): string {
  const { issuer } = provider.metadata;
  const told = needsDiscovery(provider) ? [issuer] : [];
  const all = JSON.stringify([secretName, recipientPlaces(provider), told]);
  return createHash("sha256").update(all).digest("hex");
}

function recipientWords(provider: Provider): string {
  const places = recipientPlaces(provider).map(placeWords).join(", ");
  const { issuer } = provider.metadata;
  return needsDiscovery(provider) ? `${places}, or where ${issuer ?? ""} says` : places;
}

function placeWords(place: string): string {
  const { host, pathname, search } = new URL(place);
  return host + (pathname === "/" ? "" : pathname) + search;
}

const SOURCES: Readonly<Record<Sending["from"], string>> = {
  field: " that you type is",
  typed_for_it: " that you typed for this is",
  typed: ", as it was typed in this console before, is",
  variables: " is read from the variables of this console and",
};

/** What happens, in a sentence without its end. */
export function sendingWords({ secretName, from, to }: Sending): string {
  return `The client secret ${secretName}${SOURCES[from]} sent to ${to}`;
}
