import { findProvider, listProviders } from "./catalogue.ts";
import type { CatalogueEntry } from "./catalogue.ts";
import { toProvider } from "./model.ts";
import type { Provider } from "./provider.ts";

/**
 * The addresses at which a client of a provider authenticates, and so shows its secret, at every generation of it. Where
 * discovery tells the token endpoint later, the issuer stands for it: it must answer for what is found there.
 */
export function secretRecipients(provider: Provider): readonly string[] {
  const all = [provider, ...provider.generations].flatMap(recipientsOf);
  return [...new Set(all.filter((address) => address !== undefined))].filter((it) => URL.canParse(it));
}

/** The hosts of those addresses, with their ports, for a person. */
export function recipientHosts(provider: Provider): readonly string[] {
  return [...new Set(secretRecipients(provider).map((address) => new URL(address).host))];
}

/**
 * What to hold consent to: those addresses, since another path of a shared host may be anybody's; of a provider that the
 * catalogue has, their origins.
 */
export function recipientPlaces(provider: Provider): readonly string[] {
  return [...new Set(secretRecipients(provider).map((address) => placeOf(provider, address)))];
}

function recipientsOf(provider: Provider): readonly (string | undefined)[] {
  const { metadata, refresh, exchange, device, revocation } = provider;
  return [
    metadata.token_endpoint ?? metadata.issuer,
    metadata.pushed_authorization_request_endpoint,
    metadata.device_authorization_endpoint,
    refresh.endpoint,
    exchange?.endpoint,
    device.tokenEndpoint,
    revocation.clientAuthentication === "none" ? undefined : metadata.revocation_endpoint,
  ];
}

/**
 * Whether the catalogue says where this provider's client secrets go: for one of its own, at which hosts; for one that a
 * credential describes itself, at which addresses.
 */
export function isInCatalogue(provider: Provider): boolean {
  const entries = listProviders().filter(({ id }) => provider.id === "inline" || provider.id === id);
  const told = new Set(entries.flatMap(addressesOf).map((address) => placeOf(provider, address)));
  return recipientPlaces(provider).every((place) => told.has(place));
}

function placeOf({ id }: Provider, address: string): string {
  return id === "inline" ? new URL(address).href : new URL(address).origin;
}

/** With its parameters' defaults, and as they are written: those whose host is a parameter say nothing of it. */
function addressesOf({ id, name, declaration }: CatalogueEntry): readonly string[] {
  const usual = findProvider(id);
  const written = secretRecipients(toProvider(declaration, { id, name }));
  return [
    ...(usual === undefined ? [] : secretRecipients(usual)),
    ...written.filter((address) => /^https:\/\/[a-z0-9.-]+\//.test(address)),
  ];
}
