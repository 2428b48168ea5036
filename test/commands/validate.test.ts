import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { validate } from "../../src/commands/validate.ts";
import { DirectoryFiles } from "../../src/adapters/files.ts";
import { validationAsJson } from "../../src/report/validation-json.ts";
import { memoryFiles } from "../support/memory-files.ts";
import { credentialText } from "../declaration/examples.ts";

const request = { paths: [], environment: {} };

describe("sealring validate", () => {
  test("has a result for each file and a fault for each fault", () => {
    const files = memoryFiles({
      "sealring.yaml": "version: 1\n",
      "credentials/oura.yaml": credentialText(),
      "credentials/bad.yaml": "version: 1\nversion: 1\n",
    });
    const { ok, results, faults } = validate(files, request);
    expect(ok).toBe(false);
    expect(results).toEqual([
      { file: "sealring.yaml", credential: null, outcome: "valid" },
      { file: "credentials/bad.yaml", credential: null, outcome: "faulty" },
      { file: "credentials/oura.yaml", credential: "oura", outcome: "valid" },
    ]);
    expect(faults.every(({ file }) => file === "credentials/bad.yaml")).toBe(true);
  });

  test("is one JSON document", () => {
    const validation = validate(memoryFiles({ "credentials/oura.yaml": credentialText() }), request);
    expect(JSON.parse(validationAsJson(validation))).toEqual({
      command: "validate",
      ok: true,
      results: [{ file: "credentials/oura.yaml", credential: "oura", outcome: "valid" }],
      faults: [],
    });
  });

  test("finds nothing wrong with this repository's own declarations", () => {
    const root = new URL("../../", import.meta.url).pathname;
    const { faults, results } = validate(new DirectoryFiles(root), request);
    expect(faults).toEqual([]);
    expect(results).toContainEqual({ file: "credentials/oura.yaml", credential: "oura", outcome: "valid" });
    expect(readFileSync(`${root}credentials/oura.yaml`, "utf8")).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/schemas\//u,
    );
  });
});
