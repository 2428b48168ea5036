import type { ShownProvider } from "../commands/providers.ts";
import type { ProviderStatus } from "../providers/catalogue.ts";
import { beforeYouStart } from "./providers-start.ts";
import { tokenFacts } from "./providers-tokens.ts";
import { sectionsAsText } from "./facts.ts";
import type { Fact, Section } from "./facts.ts";
import { toType, wrap } from "./table.ts";

const STATUS: Readonly<Partial<Record<ProviderStatus, string>>> = {
  approval_required: "Approval needed: the provider has to admit you before you have an application there.",
  closed_to_new_apps: "Closed to new applications: one that is registered already works on.",
  retired: "Retired: it is switched off, or will be. Do not start here.",
};

/** What a person needs to know of a provider before starting, and where it is from. */
export function providerAsText(shown: ShownProvider): string {
  const { entry } = shown;
  const status = STATUS[entry.status];
  return [
    wrap(`${entry.name} (${entry.id})`),
    status === undefined ? "" : wrap(status),
    "\n",
    sectionsAsText([
      { kind: "facts", title: "Before you start", facts: beforeYouStart(shown) },
      scopes(shown),
      { kind: "facts", title: "Tokens", facts: tokenFacts(shown) },
      { kind: "list", title: "Known traps", items: entry.traps },
      { kind: "facts", title: "Links", facts: links(shown) },
      { kind: "list", title: "Where this is from", items: sources(shown) },
    ]),
    "\n",
    toType(entry.status === "retired" ? "sealring providers list" : `sealring add ${entry.id}`),
  ].join("");
}

function scopes({ entry, provider }: ShownProvider): Section {
  const { prefix } = provider.scopeRules;
  const title = prefix === "" ? "Scopes" : `Scopes, written without ${prefix}`;
  const known = Object.entries(provider.scopes ?? {});
  const needed = offline(provider.offlineScopes);
  if (known.length > 0)
    return { kind: "facts", title, facts: [...known, ...needed.map((text): Fact => ["", text])] };
  const none = entry.none.includes("scopes");
  const text = none ? "It has none: leave scopes out." : "Not known here: look in its documentation.";
  return { kind: "list", title, items: [...needed, text] };
}

function offline(scopes: readonly string[]): readonly string[] {
  return scopes.length === 0 ? [] : [`${scopes.join(" or ")} is needed for a refresh token.`];
}

function links({
  entry,
  provider: { metadata, refresh, verification, generations },
}: ShownProvider): readonly Fact[] {
  const known = [
    ["documentation", entry.docs],
    ["issuer", metadata.issuer],
    ["authorization", metadata.authorization_endpoint],
    ["token", metadata.token_endpoint],
    ["refresh", refresh.endpoint],
    ["device", metadata.device_authorization_endpoint],
    ["revocation", metadata.revocation_endpoint],
    ["verification", verification?.endpoint],
    ...generations.map((other) => ["other generation", other.metadata.token_endpoint] as const),
  ] as const;
  return known.flatMap(([label, url]): readonly Fact[] => (url === undefined ? [] : [[label, url]]));
}

function sources({ entry }: ShownProvider): readonly string[] {
  const fields = (label: string, names: readonly string[]): readonly string[] =>
    names.length === 0 ? [] : [`${label}: ${names.join(", ")}`];
  return [
    ...entry.sources.map(({ what, read }) => `${what} (read ${read})`),
    ...fields("told to have no", entry.none),
    ...fields("not known", entry.unknown),
  ];
}
