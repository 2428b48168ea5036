import { closest } from "../declaration/closest.ts";
import type { ShownProvider } from "./providers.ts";

/** A provider that was searched for, and where the words were found in it. */
export interface FoundProvider extends ShownProvider {
  /** `close`: nothing holds the words, and its id or name is nearly one of them. */
  readonly by: "name" | "scope" | "docs" | "traps" | "close";
  /** The word of its id or name that is meant; undefined where the words are in it. */
  readonly meant: string | undefined;
  /** Its scopes that hold one of the words, or whose meaning does. */
  readonly scopes: readonly string[];
}

/**
 * `sealring providers search <words…>`: entries in whose id, name, scopes or documentation's host every word is found, the
 * best first; where there are none, those whose traps have them, and else those with nearly such a name. In sentences a
 * word is found by its beginning.
 */
export function searchCatalogue(
  all: readonly ShownProvider[],
  words: readonly string[],
): readonly FoundProvider[] {
  const wanted = words.flatMap((word) => word.toLowerCase().split(/\s+/)).filter((word) => word !== "");
  const found = all.flatMap((candidate) => matchOf(candidate, wanted));
  if (found.length > 0) return found.toSorted((a, b) => rank(a) - rank(b));
  const told = all.filter(({ entry }) => wanted.length > 0 && wanted.every((word) => isTold(entry, word)));
  if (told.length > 0) return told.map((shown) => ({ ...shown, by: "traps", meant: undefined, scopes: [] }));
  return closeTo(all, wanted);
}

/** Whether a trap has the word, or the name does. */
function isTold({ id, name, traps }: ShownProvider["entry"], word: string): boolean {
  return [`${id} ${name}`, ...traps].some((text) => hasWord(text, word));
}

function rank({ by }: FoundProvider): number {
  return ["name", "scope", "docs"].indexOf(by);
}

function matchOf(shown: ShownProvider, words: readonly string[]): readonly FoundProvider[] {
  const { id, name, docs, declaration } = shown.entry;
  const title = `${id} ${name}`.toLowerCase();
  const { host } = new URL(docs);
  const scopes = Object.entries(declaration.scopes ?? {});
  const rest = words.filter((word) => !title.includes(word));
  const isIn = ([scope, meaning]: readonly [string, string], word: string): boolean =>
    scope.toLowerCase().includes(word) || hasWord(meaning, word);
  if (!rest.every((word) => host.includes(word) || scopes.some((scope) => isIn(scope, word)))) return [];
  const own = scopes.filter((scope) => rest.some((word) => isIn(scope, word)));
  const by = rest.length === 0 ? "name" : own.length > 0 ? "scope" : "docs";
  return [{ ...shown, by, meant: undefined, scopes: own.map(([scope]) => scope) }];
}

/** Whether a word of a sentence begins so. */
function hasWord(sentence: string, word: string): boolean {
  return ` ${sentence.toLowerCase().replaceAll(/[^a-z0-9]+/g, " ")}`.includes(` ${word}`);
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
    return name === undefined || shown === undefined ? [] : [[shown, name] as const];
  });
  return [...new Map(meant)].map(([shown, name]) => ({ ...shown, by: "close", meant: name, scopes: [] }));
}

function partsOf(shown: ShownProvider): readonly (readonly [string, ShownProvider])[] {
  const name = shown.entry.name.toLowerCase();
  const parts = [name, ...name.split(/[\s(),/]+/)].filter(({ length }) => length > 2);
  return parts.map((part) => [part, shown] as const);
}
