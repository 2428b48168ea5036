import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { judgeNode } from "../../src/doctor/node.ts";

it.each([
  ["20.19.0", "ok"],
  ["20.20.2", "ok"],
  ["24.1.0", "ok"],
  ["20.18.3", "failure"],
  ["18.20.8", "failure"],
  ["8.99.0", "failure"],
])("Node.js %s: %s", (version, kind) => {
  expect(judgeNode(version)).toMatchObject({ kind, found: expect.stringContaining(version) as string });
});

it("asks for the version that package.json asks for", () => {
  const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as { engines: { node: string } };
  expect(judgeNode("1.0.0").found).toContain(
    `needs ${engines.node.replace(/^>=(\d+\.\d+)\.0$/, "$1")} or newer`,
  );
});
