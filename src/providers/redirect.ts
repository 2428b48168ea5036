import type { LoopbackRule, Provider } from "./provider.ts";

/** What a person enters as the redirect URI where the client is registered, and what the credential declares. */
export interface RedirectAdvice {
  readonly enter: string;
  /** undefined: nothing, and sealring listens on any free port. */
  readonly declare: string | undefined;
}

const LOCALHOST = "http://localhost:8484/callback";
const IP_LITERAL = "http://127.0.0.1:8484/callback";
/** Where the port counts for nothing, none is registered. */
const ANY_PORT = "http://127.0.0.1/callback";
const ANY_PORT_LOCALHOST = "http://localhost/callback";

const USUAL: Readonly<Record<LoopbackRule, string>> = {
  exact: LOCALHOST,
  exact_localhost: LOCALHOST,
  exact_ip_literal: IP_LITERAL,
  any_port: ANY_PORT,
  any_port_localhost: ANY_PORT_LOCALHOST,
  any_port_ip_literal: ANY_PORT,
  https_only: "https://localhost:8484/callback",
  unknown: LOCALHOST,
};

/** The provider's own word where it is known, else what its rule for loopback addresses lets through. */
export function redirectAdvice({
  loopback,
  registration,
}: Pick<Provider, "loopback" | "registration">): RedirectAdvice {
  const enter = registration.redirectUri ?? USUAL[loopback];
  return { enter, declare: isDeclarable(enter) ? enter : undefined };
}

/** A listener needs a port, and what no listener serves is written out. */
function isDeclarable(uri: string): boolean {
  return uri.startsWith("https://") || /^http:\/\/[^/]+:[0-9]+(?:\/|$)/.test(uri);
}

/** What the provider takes, in words that go after `redirect URIs are`. */
export const LOOPBACK_WORDS: Readonly<Record<LoopbackRule, string>> = {
  exact: "compared whole, port and path too",
  exact_localhost: "compared whole, port and path too; localhost is taken, 127.0.0.1 and [::1] are not",
  exact_ip_literal: "compared whole, port and path too; 127.0.0.1 and [::1] are taken, localhost is not",
  any_port: "taken with any port",
  any_port_localhost: "taken with any port on localhost, not on 127.0.0.1 and [::1]",
  any_port_ip_literal: "taken with any port on 127.0.0.1 and [::1], not on localhost",
  https_only: "https alone; you paste the address at which the browser ends",
  unknown: "compared in a way that is not known here: register and declare the very same",
};
