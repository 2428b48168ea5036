import { describe, expect, test } from "vitest";
import { listCatalogue, showProvider } from "../../src/commands/providers.ts";
import { searchCatalogue } from "../../src/commands/search-providers.ts";
import { catalogueAsText, foundAsText } from "../../src/report/providers-list.ts";
import { providerJson } from "../../src/report/providers-json.ts";
import { anEntry, expectReadable } from "./providers-entry.ts";

describe("the list", () => {
  test("fits 80 columns whole, with nothing cut off", () => {
    const text = catalogueAsText(listCatalogue(), 80);
    expectReadable(text);
    for (const line of text.split("\n")) expect(line).not.toMatch(/…$/);
    expect(text).toMatch(/^id +name +rotation +device +status$/m);
  });

  test("has the rotation, the device grant and the status of each", () => {
    const text = catalogueAsText(
      [
        anEntry(
          { rotation: "grace", rotation_grace_seconds: 120, grants: ["device_code"] },
          { status: "retired" },
        ),
        anEntry({ rotation: "single_use" }, { none: ["device_authorization_endpoint"] }),
        anEntry({ issues_refresh_token: false }, { status: "approval_required" }),
        anEntry({ refresh_request: { presents: "access_token" } }, { status: "closed_to_new_apps" }),
      ],
      80,
    );
    const rows = text.split("\n").slice(1, 5);
    expect(rows.map((row) => row.split(/ {2,}/).slice(2))).toEqual([
      ["grace 2m", "yes", "retired"],
      ["single_use", "no"],
      ["none issued", "?", "approval"],
      ["renews itself", "?", "closed"],
    ]);
  });
});

describe("a name", () => {
  const long = "Example of a provider with a name that is long";
  const listed = (columns: number | undefined) =>
    catalogueAsText([anEntry({}, { name: long })], columns).split("\n")[1] ?? "";

  test("has what the terminal has, and all of it where there is none", () => {
    expect(listed(80)).not.toContain(long);
    expect(listed(80)).toContain("Example of a provider wit…");
    expect(listed(100)).toContain(long);
    expect(listed(undefined)).toContain(long);
    expect(listed(40)).toMatch(/^.{39}…$/);
  });

  test("is followed by what the rotations mean", () => {
    const text = catalogueAsText([anEntry({})], 80).replaceAll(/\s+/g, " ");
    for (const kind of ["none", "optional", "single_use", "grace", "old_stays_valid", "unknown"])
      expect(text).toContain(`${kind}: `);
  });
});

describe("a search's result", () => {
  test("says where the words are, and what to type next", () => {
    const text = foundAsText(searchCatalogue(listCatalogue(), ["heartrate"]), ["heartrate"], 80);
    expect(text).toMatch(/^oura +Oura Ring +scope heartrate$/m);
    expect(text).toMatch(/\n {2}run: sealring providers show oura\n$/);
    expectReadable(text);
  });

  test("says that it is a guess", () => {
    expect(foundAsText(searchCatalogue(listCatalogue(), ["gogle"]), ["gogle"], 80)).toContain(
      'Nothing holds "gogle". Perhaps this:',
    );
    expect(foundAsText(searchCatalogue(listCatalogue(), ["gogle"]), ["gogle"], 80)).toMatch(
      /name, by google$/m,
    );
    expect(foundAsText(searchCatalogue(listCatalogue(), ["subscription"]), ["subscription"], 80)).toMatch(
      /^strava +Strava +traps$/m,
    );
  });

  test("is a sentence where there is none, with nothing in it that acts on a terminal", () => {
    const text = foundAsText([], ["xyzzy\u001b[2J", "y".repeat(200)], 80);
    expect(text).toContain("The catalogue has nothing like");
    expect(text).toContain("run: sealring providers list");
    expect(text).not.toContain("\u001b");
    expectReadable(text);
  });
});

test("the document has the entry, and the provider as a credential could declare it", () => {
  const { entry } = showProvider("oura");
  expect(providerJson(showProvider("oura"))).toEqual({
    ...{ id: "oura", name: "Oura Ring", status: "active", docs: entry.docs, sources: entry.sources },
    ...{ unknown: entry.unknown, none: entry.none, traps: entry.traps, provider: entry.declaration },
  });
});
