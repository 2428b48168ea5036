import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pageWith, writeSection } from "../support/generated-section.ts";
import { catalogueAsMarkdown, rotationsAsMarkdown, sourcesAsMarkdown } from "./page-catalogue.ts";
import { departuresAsMarkdown } from "./page-departures.ts";

/** `CATALOGUE=write` writes the sections; else they are held to what would be written. */
const WRITE = process.env["CATALOGUE"] === "write";

const SECTIONS = [
  ["docs/providers.md", "rotations", rotationsAsMarkdown],
  ["docs/providers.md", "departures", departuresAsMarkdown],
  ["docs/providers.md", "catalogue", catalogueAsMarkdown],
  ["docs/catalogue.md", "sources", sourcesAsMarkdown],
] as const;

describe("the pages on providers", () => {
  it.each(SECTIONS)("%s has the %s as they are: npm run catalogue", async (page, name, markdown) => {
    const section = { page, name, command: "npm run catalogue" };
    if (WRITE) await writeSection(section, markdown());
    expect(await pageWith(section, markdown())).toBe(readFileSync(section.page, "utf8"));
  });
});
