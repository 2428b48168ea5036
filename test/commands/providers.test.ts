import { describe, expect, test } from "vitest";
import { listCatalogue, showProvider } from "../../src/commands/providers.ts";
import { searchCatalogue } from "../../src/commands/search-providers.ts";
import { listProviders } from "../../src/providers/catalogue.ts";

const search = (words: readonly string[]) => searchCatalogue(listCatalogue(), words);
const idsOf = (words: readonly string[]) => search(words).map(({ entry }) => entry.id);

describe("the catalogue", () => {
  test("is listed whole, by id", () => {
    const ids = listCatalogue().map(({ entry }) => entry.id);
    expect(ids).toEqual(
      listProviders()
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  test("shows endpoints with their parameters in place", () => {
    expect(showProvider("microsoft").provider.metadata.token_endpoint).toContain("/{tenant}/");
  });

  test("is shown by an id in capitals, too", () => {
    expect(showProvider("Slack").entry.id).toBe("slack");
  });

  test("names the one that was meant", () => {
    expect(() => showProvider("uora-legacy")).toThrow(
      expect.objectContaining({ code: "usage", hint: "run: sealring providers show oura-legacy" }),
    );
    expect(() => showProvider("zzzzzzzz")).toThrow(
      expect.objectContaining({ hint: "run: sealring providers list" }),
    );
  });

  test("does not repeat a word that may be a secret, or acts on a terminal", () => {
    const secret = "ghp_0123456789abcdefghijklmnopqrstuvwxyzAB";
    for (const word of [secret, "a\u001b[2Jb"]) {
      expect(() => showProvider(word)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining(word) as string }),
      );
    }
  });
});

describe("a search", () => {
  test("finds by id, by name and by a part of either, whatever the case", () => {
    expect(idsOf(["GITLAB"])).toEqual(["gitlab"]);
    expect(idsOf(["entra"])).toEqual(["microsoft"]);
  });

  test("finds by a scope and says which", () => {
    const found = search(["heartrate"]).find(({ entry }) => entry.id === "oura");
    expect(found).toMatchObject({ by: "scope", scopes: ["heartrate"] });
  });

  test("finds by what a scope means", () => {
    expect(search(["guided"]).find(({ entry }) => entry.id === "oura")).toMatchObject({
      by: "scope",
      scopes: ["session"],
    });
  });

  test("finds by the documentation's host", () => {
    const found = search(["learn.microsoft.com"]).find(({ entry }) => entry.id === "microsoft");
    expect(found).toMatchObject({ by: "docs", scopes: [] });
  });

  test("finds by the traps where nothing else holds the words, and by no letters inside a word", () => {
    expect(search(["subscription"])).toContainEqual(
      expect.objectContaining({ entry: showProvider("strava").entry, by: "traps", scopes: [] }),
    );
    expect(idsOf(["ubscription"])).toEqual([]);
    expect(idsOf(["uided"])).toEqual([]);
  });

  test("wants every word, given as one argument or as several", () => {
    expect(idsOf(["oura", "portal"])).toEqual(["oura-legacy"]);
    expect(idsOf(["oura portal"])).toEqual(["oura-legacy"]);
    expect(idsOf(["oura", "salesforce"])).not.toContain("oura-legacy legacy");
  });

  test("has names before scopes before documentation, and names no scope that the name explains", () => {
    const scopes = { "oura:daily": "Daily" };
    const entry = showProvider("oura");
    const made = (id: string, docs: string, declared: Record<string, string>) => ({
      ...entry,
      entry: { ...entry.entry, id, name: id, docs, declaration: { scopes: declared } },
    });
    const all = [
      made("a", "https://ring.example", {}),
      made("b", "https://docs.example", { ring: "The ring" }),
      made("ring", "https://docs.example", { ring: "The ring", ...scopes }),
    ];
    const found = searchCatalogue(all, ["ring"]).map((each) => [each.entry.id, each.by, each.scopes]);
    expect(found).toEqual([
      ["ring", "name", []],
      ["b", "scope", ["ring"]],
      ["a", "docs", []],
    ]);
    expect(searchCatalogue(all, ["ring", "daily"])).toMatchObject([{ by: "scope", scopes: ["oura:daily"] }]);
  });

  test("takes a slip for what is nearly it, and only where nothing else holds the words", () => {
    expect(search(["gogle"])).toMatchObject([{ entry: { id: "google" }, by: "close" }]);
    expect(search(["salesfroce"])).toMatchObject([{ entry: { id: "salesforce" }, by: "close" }]);
    expect(search(["salesfroce"])).toMatchObject([{ meant: "salesforce" }]);
    expect(search(["xyzzyqq"])).toEqual([]);
  });
});
