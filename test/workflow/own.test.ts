import { env } from "node:process";
import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DirectoryFiles } from "../../src/adapters/files.ts";
import { loadDeclarations } from "../../src/declaration/load.ts";
import { generateWorkflows } from "../../src/workflow/generate.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

test("this repository's workflow is generated from its own credentials (WORKFLOW=write writes it)", () => {
  const { project, credentials, faults } = loadDeclarations(new DirectoryFiles(ROOT), {
    paths: [],
    environment: {},
  });
  expect(faults).toEqual([]);
  const files = generateWorkflows({ project, repository: project.repository ?? "", credentials });
  if (env["WORKFLOW"] === "write") {
    for (const { path, text } of files) writeFileSync(ROOT + path, text);
  }
  expect(files.map(({ path }) => path)).toEqual([".github/workflows/sealring.yml"]);
  for (const { path, text } of files) expect(readFileSync(ROOT + path, "utf8")).toBe(text);
});
