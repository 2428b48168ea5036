import { expect } from "vitest";
import type { ShownProvider } from "../../src/commands/providers.ts";
import type { CatalogueEntry } from "../../src/providers/catalogue.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { toProvider } from "../../src/providers/model.ts";

/** An entry of which only this is told. */
export function anEntry(
  declaration: ProviderDeclaration,
  more: Partial<Omit<CatalogueEntry, "declaration">> = {},
): ShownProvider {
  const identity = { id: "example", name: "Example" };
  const entry: CatalogueEntry = {
    ...{ ...identity, status: "active", docs: "https://docs.example.com/oauth", declaration },
    ...{
      sources: [{ what: "its documentation", read: "2026-11", for: [] }],
      unknown: [],
      none: [],
      traps: [],
    },
    ...more,
  };
  return { entry, provider: toProvider(declaration, identity) };
}

/** In 80 columns, but for single words that are longer. */
export function expectReadable(text: string): void {
  for (const line of text.split("\n"))
    expect(line.length <= 80 || !line.trim().replace(/^- /, "").includes(" "), line).toBe(true);
}
