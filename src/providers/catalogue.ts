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

/** A provider of the catalogue; undefined when there is none with this id. */
export function findProvider(id: string): Provider | undefined {
  const entry = CATALOGUE.find((candidate) => candidate.id === id);
  return entry === undefined ? undefined : toProvider(entry.declaration, entry);
}
