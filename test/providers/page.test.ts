import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pageWith, writeSection } from "../support/generated-section.ts";
import { catalogueAsMarkdown, rotationsAsMarkdown } from "./page-catalogue.ts";
import { departuresAsMarkdown } from "./page-departures.ts";

/** `CATALOGUE=write` writes the sections; else they are held to what would be written. */
const WRITE = process.env["CATALOGUE"] === "write";

const SECTIONS = [
  ["rotations", rotationsAsMarkdown],
  ["departures", departuresAsMarkdown],
  ["catalogue", catalogueAsMarkdown],
] as const;

describe("docs/providers.md", () => {
  it.each(SECTIONS)("has the %s as they are: npm run catalogue", async (name, markdown) => {
    const section = { page: "docs/providers.md", name, command: "npm run catalogue" };
    if (WRITE) await writeSection(section, markdown());
    expect(await pageWith(section, markdown())).toBe(readFileSync(section.page, "utf8"));
  });
});
