import { describe, expect, test } from "vitest";
import { validate } from "../../src/commands/validate.ts";
import type { Validation } from "../../src/commands/validate.ts";
import { memoryFiles } from "../support/memory-files.ts";
import type { Tree } from "../support/memory-files.ts";
import { credentialFile, declaredBy, textOf } from "./examples.ts";

const TREE = credentialFile("oura");
const PATH = ".github/workflows/sealring.yml";
const TEXT = textOf(declaredBy(TREE));

function validated(tree: Tree, paths: readonly string[] = []): Validation {
  return validate(memoryFiles(tree), { paths, environment: { repository: "acme/credentials" } });
}

describe("sealring validate and the workflow", () => {
  test("finds nothing wrong with the one that is generated, and says that it looked", () => {
    const { ok, results } = validated({ ...TREE, [PATH]: TEXT });
    expect(ok).toBe(true);
    expect(results).toContainEqual({ file: PATH, credential: null, outcome: "valid" });
  });

  test("other line ends are no difference", () => {
    const { results } = validated({ ...TREE, [PATH]: TEXT.replaceAll("\n", "\r\n") });
    expect(results).toContainEqual({ file: PATH, credential: null, outcome: "valid" });
  });

  test("tells the first line that differs", () => {
    const changed = TEXT.replace("timeout-minutes: 45", "timeout-minutes: 60").replace("8", "9");
    const line = changed.split("\n").findIndex((text, index) => text !== TEXT.split("\n")[index]) + 1;
    const { ok, faults, results } = validated({ ...TREE, [PATH]: changed });
    expect(ok).toBe(false);
    expect(faults).toMatchObject([
      { file: PATH, line, column: 1, rule: "workflow-drift", hint: "run: sealring apply" },
    ]);
    expect(faults[0]?.frame).toContain(changed.split("\n")[line - 1]?.trim());
    expect(results).toContainEqual({ file: PATH, credential: null, outcome: "faulty" });
  });

  test("a credential more is a difference, and so is an end that is missing", () => {
    const more = { ...TREE, ...credentialFile("strava") };
    expect(validated({ ...more, [PATH]: TEXT }).faults.map(({ rule }) => rule)).toEqual(["workflow-drift"]);
    const cut = TEXT.slice(0, TEXT.indexOf("      - name: Settle"));
    expect(validated({ ...TREE, [PATH]: cut }).faults).toMatchObject([{ line: cut.split("\n").length }]);
  });

  test("a second file is expected where there is too much for one, and nowhere else", () => {
    const second = ".github/workflows/sealring-2.yml";
    expect(validated({ ...TREE, [PATH]: TEXT, [second]: TEXT }).faults).toMatchObject([
      { file: second, line: 1, rule: "workflow-drift", message: "no credential has its job in this file" },
    ]);
    expect(validated({ ...TREE, [second]: TEXT }).faults.map(({ file }) => file)).toEqual([second, PATH]);
  });

  test.each([
    ["none is there yet", {}],
    ["one was written by hand", { [PATH]: "name: sealring\non: push\njobs: {}\n" }],
    ["it is another repository's, as in a fork", { [PATH]: TEXT.replace("acme/credentials", "acme/other") }],
    ["it cannot be read", { [PATH]: "unreadable" }],
    ["another workflow is called so", { ".github/workflows/sealring-docs.yml": TEXT }],
  ])("says nothing where %s", (_what, tree: Tree) => {
    expect(validated({ ...TREE, ...tree })).toMatchObject({ ok: true, faults: [] });
    expect(validated({ ...TREE, ...tree }).results).toHaveLength(1);
  });

  test("says nothing of it where files are named, or where a declaration is faulty", () => {
    const tree = { ...TREE, [PATH]: `${TEXT}# more\n` };
    expect(validated(tree, ["credentials/oura.yaml"]).faults).toEqual([]);
    const rules = validated({ ...tree, "credentials/b.yaml": "version: 2\n" }).faults.map(({ rule }) => rule);
    expect(rules).not.toContain("workflow-drift");
  });
});
