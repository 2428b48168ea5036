import type { ShownProvider } from "../commands/providers.ts";
import { formatDuration } from "../duration.ts";
import type { CatalogueEntry } from "../providers/catalogue.ts";
import type { ErrorMatcher, Provider } from "../providers/provider.ts";
import { wrap } from "./table.ts";

/** The catalogue, a provider on each line. */
export function catalogueAsText(entries: readonly CatalogueEntry[]): string {
  const width = Math.max(...entries.map(({ id }) => id.length));
  return entries.map(({ id, name }) => `${id.padEnd(width)}  ${name}\n`).join("");
}

/** All that is known about a provider, and where from. */
export function providerAsText({ entry, provider }: ShownProvider): string {
  const facts = [...identity(entry), ...endpoints(provider), ...departures(provider)];
  const width = Math.max(...facts.map(([label]) => label.length));
  return [
    ...facts.map(([label, value]) => hanging(`${label.padEnd(width)}  `, value)),
    "scopes\n",
    ...Object.entries(provider.scopes ?? {}).map(([scope, meaning]) => hanging("  ", `${scope}: ${meaning}`)),
    "sources\n",
    ...entry.sources.map(({ what, read }) => hanging("  ", `${what}, read ${read}`)),
  ].join("");
}

/** A label, and a text in lines of 80 columns under each other beside it. */
function hanging(label: string, text: string): string {
  const indent = " ".repeat(label.length);
  return label + wrap(text, indent).slice(indent.length);
}

type Fact = readonly [label: string, value: string];

function identity({ id, name, docs }: CatalogueEntry): readonly Fact[] {
  return [
    ["id", id],
    ["name", name],
    ["docs", docs],
  ];
}

function endpoints({ metadata, verification }: Provider): readonly Fact[] {
  return [
    ["issuer", metadata.issuer ?? "unknown"],
    ["authorization endpoint", metadata.authorization_endpoint ?? "unknown"],
    ["token endpoint", metadata.token_endpoint ?? "unknown"],
    ["device authorization endpoint", metadata.device_authorization_endpoint ?? "none known"],
    ["revocation endpoint", metadata.revocation_endpoint ?? "unknown"],
    ["verification endpoint", verification?.endpoint ?? "unknown"],
    ["client authentication", list(metadata.token_endpoint_auth_methods_supported)],
    ["PKCE", list(metadata.code_challenge_methods_supported)],
  ];
}

function departures(provider: Provider): readonly Fact[] {
  const { rotation, revocation } = provider;
  return [
    ["grants", list(provider.grants)],
    [
      "refresh token rotation",
      rotation.kind === "grace" ? `grace, ${String(rotation.seconds)} s` : rotation.kind,
    ],
    ["revocation", `${revocation.method} with ${revocation.tokens.join(" and ")} in ${revocation.tokenIn}`],
    ["loopback redirect", provider.loopback],
    ["scope prefix", provider.scopeRules.prefix === "" ? "none" : provider.scopeRules.prefix],
    ["refresh token lifetime", duration(provider.refreshTokenLifetimeSeconds)],
    ["refresh token idle limit", duration(provider.refreshTokenIdleSeconds)],
    ...provider.errors.map((matcher): Fact => ["error", describeMatcher(matcher)]),
  ];
}

function duration(seconds: number | undefined): string {
  return seconds === undefined ? "unknown" : formatDuration(seconds);
}

function describeMatcher({ error, status, descriptionContains, means }: ErrorMatcher): string {
  const what = [
    ...(error === undefined ? [] : [error]),
    ...(status === undefined ? [] : [`status ${String(status)}`]),
    ...(descriptionContains === undefined ? [] : [JSON.stringify(descriptionContains)]),
  ];
  return `${what.join(" with ")} means ${means}`;
}

function list(values: readonly string[] | undefined): string {
  return values === undefined ? "unknown" : values.join(", ");
}
