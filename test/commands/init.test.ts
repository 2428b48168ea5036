import { describe, expect, it, test } from "vitest";
import { init } from "../../src/commands/init.ts";
import { loadDeclarations } from "../../src/declaration/load.ts";
import { initText } from "../../src/report/init.ts";
import { memoryFiles } from "../support/memory-files.ts";

async function initIn(files: Record<string, string>, repository: string | undefined) {
  const report = await init({
    files: memoryFiles(files),
    tree: {
      write: async (path, bytes) => void (files[path] = new TextDecoder().decode(bytes)),
      remove: () => Promise.reject(new Error("nothing is removed")),
    },
    repository,
  });
  return { ...report, text: initText(report.results) };
}

describe("a repository that has none of it", () => {
  it.each(["acme/app", "acme/0.1", undefined])("%s gets a sealring.yaml that says so", async (repository) => {
    const files = {};
    const { exit, results, text } = await initIn(files, repository);
    expect({ exit, results }).toEqual({
      exit: 0,
      results: [
        {
          file: "sealring.yaml",
          outcome: "written",
          repository: repository === undefined ? "unknown" : "known",
        },
      ],
    });
    expect(text).toContain("sealring add");
    expect(text.includes("set repository: in sealring.yaml")).toBe(repository === undefined);
    const { project, faults } = loadDeclarations(memoryFiles(files), { paths: [], environment: {} });
    expect(faults).toEqual([]);
    expect(project).toMatchObject({ repository, environment: "sealring" });
  });

  it("gets no name that YAML, or a person, could take for more than one", async () => {
    const files: Record<string, string> = {};
    await initIn(files, "acme/app # {");
    expect(files["sealring.yaml"]).toContain("# repository: owner/name\n");
  });
});

test("the second time there is nothing to do, and nothing is touched", async () => {
  const files = { "sealring.yaml": "version: 1\n" };
  const { exit, results, text } = await initIn(files, "acme/app");
  expect({ exit, results }).toEqual({
    exit: 0,
    results: [{ file: "sealring.yaml", outcome: "kept", repository: "known" }],
  });
  expect(text).toContain("Nothing to do");
  expect(files).toEqual({ "sealring.yaml": "version: 1\n" });
});
