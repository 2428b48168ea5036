import type { ShownProvider } from "../commands/providers.ts";
import type { Provider } from "../providers/provider.ts";
import { LOOPBACK_WORDS, redirectAdvice } from "../providers/redirect.ts";
import type { ProviderParameter } from "../providers/template.ts";
import type { Fact } from "./facts.ts";

/** Where to register, what to enter there and to declare, how the client shows who it is, and what else is to be given. */
export function beforeYouStart(shown: ShownProvider): readonly Fact[] {
  const { provider } = shown;
  return [
    register(shown),
    ...redirect(shown),
    ["grants", grants(shown)],
    ["client", clientAuthentication(provider.metadata.token_endpoint_auth_methods_supported)],
    ...pkce(shown),
    ...parameters(shown),
  ];
}

/** Where there is no page to name, the note says the way. */
function register({ entry, provider: { registration } }: ShownProvider): Fact {
  const { url, note } = registration;
  if (url !== undefined) return ["register at", url, ...(note === undefined ? [] : [note])];
  return note === undefined ? ["register at", `not known here; see ${entry.docs}`] : ["register", note];
}

function redirect({ provider }: ShownProvider): readonly Fact[] {
  if (provider.grants?.includes("authorization_code") === false) return [];
  const { enter, declare } = redirectAdvice(provider);
  const use =
    declare === undefined
      ? "Enter it there, and declare no redirect_uri: sealring takes a free port."
      : "Enter it there, and declare it as redirect_uri.";
  return [["redirect URI", enter, use, `Redirect URIs are ${LOOPBACK_WORDS[provider.loopback]}.`]];
}

function grants({ entry, provider }: ShownProvider): string {
  const { grants: offered, metadata } = provider;
  const device =
    entry.none.includes("device_authorization_endpoint") &&
    metadata.device_authorization_endpoint === undefined
      ? "; no device grant"
      : "";
  return offered === undefined ? `not known${device}` : `${offered.join(", ")}${device}`;
}

function clientAuthentication(methods: readonly string[] | undefined): string {
  if (methods === undefined)
    return "how it authenticates is not known: client_secret_basic, unless client.token_endpoint_auth_method says another";
  const secret = methods.filter((method) => method !== "none");
  if (secret.length === 0) return "none: it has no secret";
  const proof = secret.every((method) => method === "private_key_jwt") ? "private key" : "secret";
  const ways = `${secret.join(" or ")} (has a ${proof})`;
  return methods.includes("none") ? `${ways}, or none (has no secret)` : ways;
}

/** A device, and a client on its own, ask without it. */
function pkce({ provider }: ShownProvider): readonly Fact[] {
  return provider.grants?.includes("authorization_code") === false ? [] : [["PKCE", pkceWords(provider)]];
}

function pkceWords({ metadata, pkceRequired }: Provider): string {
  const methods = metadata.code_challenge_methods_supported;
  if (methods === undefined) return "not known; sealring sends it";
  if (!methods.includes("S256")) return "not taken, and not sent";
  return pkceRequired ? "required; sealring sends it" : "taken; sealring sends it";
}

function parameters({ entry }: ShownProvider): readonly Fact[] {
  return Object.entries(entry.declaration.parameters ?? {}).map(([name, parameter]) => [
    name,
    `${parameter.description}.`.replace(/\.\.$/, "."),
    `Declare it in provider_parameters${valuesOf(parameter)}.`,
  ]);
}

function valuesOf({ values, default: fallback, optional }: ProviderParameter): string {
  const choice = Object.entries(values ?? {}).map(([value, meaning]) => `${value} (${meaning})`);
  const only = choice.length === 0 ? "" : `: ${choice.join(", ")}`;
  if (fallback !== undefined) return `${only}; left out: ${fallback}`;
  return optional === true ? `${only}; it may be left out` : only;
}
