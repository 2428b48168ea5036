import { closest } from "../declaration/closest.ts";
import type { ShownProvider } from "./providers.ts";

/** A provider that was searched for, and where the words were found in it. */
export interface FoundProvider extends ShownProvider {
  /** `close`: nothing holds the words, and its id or name is nearly one of them. */
  readonly by: "name" | "scope" | "docs" | "close";
  /** Its scopes that hold one of the words, or whose meaning does. */
  readonly scopes: readonly string[];
}

/**
 * `sealring providers search <words…>`: entries in whose id, name, scopes or documentation's host every word is found, the
 * best first; where there are none, those with nearly such a name.
 */
export function searchCatalogue(
  all: readonly ShownProvider[],
  words: readonly string[],
): readonly FoundProvider[] {
  const wanted = words.flatMap((word) => word.toLowerCase().split(/\s+/)).filter((word) => word !== "");
  const found = all.flatMap((candidate) => matchOf(candidate, wanted));
  return found.length > 0 ? found.toSorted((a, b) => rank(a) - rank(b)) : closeTo(all, wanted);
}

function rank({ by }: FoundProvider): number {
  return ["name", "scope", "docs", "close"].indexOf(by);
}

function matchOf(shown: ShownProvider, words: readonly string[]): readonly FoundProvider[] {
  const { id, name, docs } = shown.entry;
  const title = `${id} ${name}`.toLowerCase();
  const { host } = new URL(docs);
  const scopes = Object.entries(shown.entry.declaration.scopes ?? {}).map(([scope, meaning]) => ({
    scope,
    text: `${scope} ${meaning}`.toLowerCase(),
  }));
  const isIn = (word: string, text: string): boolean => text.includes(word);
  const everywhere = [title, host, ...scopes.map(({ text }) => text)];
  if (!words.every((word) => everywhere.some((text) => isIn(word, text)))) return [];
  const own = scopes.filter(({ text }) => words.some((word) => !isIn(word, title) && isIn(word, text)));
  const inTitle = words.every((word) => isIn(word, title));
  const by = inTitle ? "name" : own.length > 0 ? "scope" : "docs";
  return [{ ...shown, by, scopes: own.map(({ scope }) => scope) }];
}

function closeTo(all: readonly ShownProvider[], words: readonly string[]): readonly FoundProvider[] {
  // Of a word that is in several the last here counts: an id before a part of a name.
  const names = new Map([
    ...all.flatMap(partsOf).toReversed(),
    ...all.map((shown) => [shown.entry.id, shown] as const),
  ]);
  const meant = [words.join(" "), ...words].flatMap((word) => {
    const name = closest(word, [...names.keys()]);
    const shown = name === undefined ? undefined : names.get(name);
    return shown === undefined ? [] : [shown];
  });
  return [...new Set(meant)].map((shown) => ({ ...shown, by: "close", scopes: [] }));
}

function partsOf(shown: ShownProvider): readonly (readonly [string, ShownProvider])[] {
  const name = shown.entry.name.toLowerCase();
  const parts = [name, ...name.split(/[\s(),/]+/)].filter(({ length }) => length > 2);
  return parts.map((part) => [part, shown] as const);
}
