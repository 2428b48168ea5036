import { closest } from "../declaration/closest.ts";
import { quote } from "../declaration/quote.ts";
import { visible } from "../declaration/visible.ts";
import { SealringError } from "../errors.ts";
import { findEntry, listProviders } from "../providers/catalogue.ts";
import type { CatalogueEntry } from "../providers/catalogue.ts";
import { toProvider } from "../providers/model.ts";
import type { Provider } from "../providers/provider.ts";

/** An entry of the catalogue, and what it comes to. Parameters such as `{tenant}` stand in it as they are. */
export interface ShownProvider {
  readonly entry: CatalogueEntry;
  readonly provider: Provider;
}

/** `sealring providers list`: the catalogue, by id. */
export function listCatalogue(): readonly ShownProvider[] {
  return listProviders()
    .map(shown)
    .toSorted((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
}

/** `sealring providers show <id>`, in capitals or not. Throws `usage` for an id that is not in the catalogue. */
export function showProvider(id: string): ShownProvider {
  const entry = findEntry(id.toLowerCase());
  if (entry !== undefined) return shown(entry);
  const meant = closest(
    id,
    listProviders().map((candidate) => candidate.id),
  );
  throw new SealringError("usage", `${visible(quote(id))} is not in the catalogue of providers`, {
    hint: meant === undefined ? "run: sealring providers list" : `run: sealring providers show ${meant}`,
  });
}

function shown(entry: CatalogueEntry): ShownProvider {
  return { entry, provider: toProvider(entry.declaration, { id: entry.id, name: entry.name }) };
}
