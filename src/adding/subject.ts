import type { CatalogueEntry } from "../providers/catalogue.ts";
import type { ProviderDeclaration } from "../providers/generated/provider.ts";
import { toProvider } from "../providers/model.ts";
import type { ProviderIdentity } from "../providers/model.ts";
import type { Provider } from "../providers/provider.ts";
import { expand } from "../providers/template.ts";
import type { ParameterValues, ProviderParameter } from "../providers/template.ts";
import type { Published } from "./published.ts";

/** The provider of a new credential. */
export interface Subject {
  /** As a credential declares it. */
  readonly declared: string | { readonly issuer: string };
  readonly declaration: ProviderDeclaration;
  readonly identity: ProviderIdentity;
  /** undefined: it is not in the catalogue. */
  readonly entry: CatalogueEntry | undefined;
  /** What it says of itself, where it is not in the catalogue; undefined: nobody looked. */
  readonly found?: Found | undefined;
}

/** What came of asking a server for its metadata. */
export type Found =
  | { readonly kind: "published"; readonly published: Published }
  /** In words for a person. */
  | { readonly kind: "unread"; readonly reason: string; readonly advice: string | undefined };

/** A provider of the catalogue. */
export function catalogued(entry: CatalogueEntry): Subject {
  const { id, name, declaration } = entry;
  return { declared: id, declaration, identity: { id, name }, entry };
}

/** A provider of which discovery tells the rest. */
export function byIssuer(issuer: string, found?: Found): Subject {
  const name = URL.canParse(issuer) ? new URL(issuer).hostname : issuer;
  return {
    declared: { issuer },
    declaration: { issuer, ...(found?.kind === "published" ? found.published.declaration : {}) },
    identity: { id: "inline", name },
    entry: undefined,
    found,
  };
}

/** Its model. What stands on a parameter without a value is left out. */
export function providerIn({ declaration, identity }: Subject, values: ParameterValues = {}): Provider {
  return toProvider(expand(declaration, values), identity);
}

/** Its parameters by name. */
export function parametersOf({ declaration }: Subject): Readonly<Record<string, ProviderParameter>> {
  return declaration.parameters ?? {};
}

/** Whether a source says that the provider has no scopes at all. */
export function hasNoScopes({ entry }: Subject): boolean {
  return entry?.none.includes("scopes") === true;
}

/** Whether a credential has to give the parameter's value. */
export function isNeeded({ default: fallback, optional }: ProviderParameter): boolean {
  return fallback === undefined && optional !== true;
}
