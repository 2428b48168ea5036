import { CATALOGUE } from "./generated/catalogue.ts";
import type { ProviderDeclaration } from "./generated/provider.ts";
import { toProvider } from "./model.ts";
import type { Provider } from "./provider.ts";

/** A file of the catalogue: a provider's declaration, and where its facts come from. */
export interface CatalogueEntry {
  readonly id: string;
  readonly name: string;
  /** The vendor's own documentation. */
  readonly docs: string;
  readonly sources: readonly { readonly what: string; /** Year and month. */ readonly read: string }[];
  readonly declaration: ProviderDeclaration;
}

/** The whole catalogue, by id. */
export function listProviders(): readonly CatalogueEntry[] {
  return CATALOGUE;
}

const PROVIDERS: ReadonlyMap<string, Provider> = new Map(
  CATALOGUE.map((entry) => [entry.id, toProvider(entry.declaration, entry)]),
);

/** A provider of the catalogue; undefined when there is none with this id. */
export function findProvider(id: string): Provider | undefined {
  return PROVIDERS.get(id);
}
