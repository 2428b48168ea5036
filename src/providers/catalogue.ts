import { CATALOGUE } from "./generated/catalogue.ts";
import type { ProviderDeclaration } from "./generated/provider.ts";
import { toProvider } from "./model.ts";
import type { Provider } from "./provider.ts";
import { expand } from "./template.ts";
import type { ParameterValues } from "./template.ts";

/** Whether a client can still be registered. */
export type ProviderStatus = "active" | "approval_required" | "closed_to_new_apps" | "retired";

/** Where facts come from. */
export interface CatalogueSource {
  readonly what: string;
  /** Year and month. */
  readonly read: string;
  /** The fields that it says something of. */
  readonly for: readonly string[];
}

/** A file of the catalogue: a provider's declaration, and where each of its fields comes from. */
export interface CatalogueEntry {
  readonly id: string;
  readonly name: string;
  readonly status: ProviderStatus;
  /** The vendor's own documentation. */
  readonly docs: string;
  readonly sources: readonly CatalogueSource[];
  /** Fields that were looked for, and that no source tells. */
  readonly unknown: readonly string[];
  /** Fields of which a source says that there is nothing. */
  readonly none: readonly string[];
  /** What people who use it stumble over. */
  readonly traps: readonly string[];
  readonly declaration: ProviderDeclaration;
}

/** The whole catalogue, by id. */
export function listProviders(): readonly CatalogueEntry[] {
  return Object.keys(CATALOGUE).flatMap((id) => findEntry(id) ?? []);
}

const PARSED = new Map<string, CatalogueEntry>();

/** An entry of the catalogue; undefined when there is none with this id. */
export function findEntry(id: string): CatalogueEntry | undefined {
  const known = PARSED.get(id);
  if (known !== undefined) return known;
  const text = Object.hasOwn(CATALOGUE, id) ? CATALOGUE[id] : undefined;
  if (text === undefined) return undefined;
  const entry = JSON.parse(text) as CatalogueEntry;
  PARSED.set(id, entry);
  return entry;
}

/** The provider of an entry, with its parameters' values in its endpoints. */
export function providerOf(entry: CatalogueEntry, values: ParameterValues = {}): Provider {
  return toProvider(expand(entry.declaration, values), { id: entry.id, name: entry.name });
}

const WITHOUT_PARAMETERS = new Map<string, Provider>();

/** The provider of an id that asks for no parameters' values; undefined when there is none with this id. */
export function findProvider(id: string): Provider | undefined {
  const known = WITHOUT_PARAMETERS.get(id);
  if (known !== undefined) return known;
  const entry = findEntry(id);
  if (entry === undefined) return undefined;
  const provider = providerOf(entry);
  WITHOUT_PARAMETERS.set(id, provider);
  return provider;
}
