import { closest } from "../declaration/closest.ts";
import { quote } from "../declaration/quote.ts";
import { visible } from "../declaration/visible.ts";
import { SealringError } from "../errors.ts";
import { findProvider, listProviders } from "../providers/catalogue.ts";
import type { CatalogueEntry } from "../providers/catalogue.ts";
import type { Provider } from "../providers/provider.ts";

/** A provider, and where its facts come from. */
export interface ShownProvider {
  readonly entry: CatalogueEntry;
  readonly provider: Provider;
}

/** `sealring providers list`: the catalogue, by id. */
export function listCatalogue(): readonly CatalogueEntry[] {
  return listProviders();
}

/** `sealring providers show <id>`. Throws `usage` for an id that is not in the catalogue. */
export function showProvider(id: string): ShownProvider {
  const entry = listProviders().find((candidate) => candidate.id === id);
  const provider = findProvider(id);
  if (entry !== undefined && provider !== undefined) return { entry, provider };
  const meant = closest(
    id,
    listProviders().map((candidate) => candidate.id),
  );
  throw new SealringError("usage", `${visible(quote(id))} is not in the catalogue of providers`, {
    hint: meant === undefined ? "run: sealring providers list" : `run: sealring providers show ${meant}`,
  });
}
