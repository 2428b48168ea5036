import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { loadDeclarations } from "../../src/declaration/load.ts";
import { STATES } from "../../src/page/state.ts";
import { memoryFiles } from "../support/memory-files.ts";

const PAGES = ["README.md", "CHANGELOG.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md"].concat(
  readdirSync("docs").flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : [])),
);

function blocksOf(page: string): readonly string[] {
  return [...readFileSync(page, "utf8").matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);
}

describe.each(PAGES)("%s", (page) => {
  it("has YAML that is YAML", () => {
    for (const block of blocksOf(page)) {
      const errors = parseAllDocuments(block).flatMap((document) => document.errors.map(String));
      expect(errors, block).toEqual([]);
    }
  });

  it("links to files that are there", () => {
    const links = [...readFileSync(page, "utf8").matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)];
    for (const [, target = ""] of links) {
      expect(existsSync(join(dirname(page), target)), target).toBe(true);
    }
  });
});

describe("what a reader copies", () => {
  it.each(["README.md", "docs/declarations.md"])("a credential of %s is valid", (page) => {
    const [block] = blocksOf(page).filter((text) => text.startsWith("version: 1\nname: oura"));
    const files = memoryFiles({ "credentials/oura.yaml": block ?? "" });
    const { faults } = loadDeclarations(files, { paths: [], environment: { repository: "acme/app" } });
    expect(faults.map(({ message }) => message)).toEqual([]);
  });

  it("a sealring.yaml of docs/declarations.md is valid", () => {
    const [block] = blocksOf("docs/declarations.md").filter((text) => text.includes("state_branch"));
    const files = memoryFiles({ "sealring.yaml": block ?? "" });
    const { faults } = loadDeclarations(files, { paths: ["sealring.yaml"], environment: {} });
    expect(faults.map(({ message }) => message)).toEqual([]);
  });
});

describe("docs/console.md", () => {
  it("has the states that tiles have, in their order", () => {
    const [, section = ""] = readFileSync("docs/console.md", "utf8").split("## What is on a tile");
    const [, table = ""] = section.split(/^\| state .*\n.*\n/m);
    const [rows = ""] = table.split("\n\n");
    const words = rows.split("\n").map((row) => row.split("|")[1]?.trim());
    expect(words).toEqual(Object.values(STATES).map(({ word }) => word));
  });
});
