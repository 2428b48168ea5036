import { ESLint } from "eslint";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";

/** The project's own configuration over files that do not exist, so without the rules that need their types. */
const eslint = new ESLint({
  overrideConfig: {
    files: ["**/*.ts"],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: { parserOptions: { projectService: false, project: false } },
  },
});

async function faultsOf(path: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: path });
  return result?.messages.map((message) => `${String(message.ruleId)}: ${message.message}`) ?? [];
}

const ERROR = 2;
const use = "export const used = x;";

describe("the linter refuses", () => {
  it.each([
    ["a higher rank", "src/oauth/x.ts", `import { x } from "../grants/device.ts"; ${use}`],
    ["a neighbour of the same rank", "src/oauth/x.ts", `import { x } from "../declaration/y.ts"; ${use}`],
    [
      "a higher rank for its types only",
      "src/errors.ts",
      `import type { X } from "./ports.ts"; export type Y = X;`,
    ],
    ["a higher rank in a type", "src/errors.ts", `export type Y = import("./ports.ts").Clock;`],
    ["a higher rank when it is called", "src/plan.ts", `export const load = () => import("./cli.ts");`],
    ["an adapter, except for main.ts", "src/cli.ts", `import { x } from "./adapters/clock.ts"; ${use}`],
    ["a folder without a rank", "src/attic/x.ts", `import { x } from "../errors.ts"; ${use}`],
    ["a folder without a rank, from a known one", "src/main.ts", `import { x } from "./attic/x.ts"; ${use}`],
    ["an import that does not end in .ts", "src/grants/x.ts", `import { x } from "../errors.js"; ${use}`],
    ["undici outside adapters", "src/grants/x.ts", `import { request as x } from "undici"; ${use}`],
    ["Octokit outside adapters", "src/stores/x.ts", `import { Octokit as x } from "@octokit/rest"; ${use}`],
    [
      "files outside adapters",
      "src/commands/x.ts",
      `import { readFile as x } from "node:fs/promises"; ${use}`,
    ],
    ["a server outside adapters", "src/sandbox/x.ts", `import { createServer as x } from "http"; ${use}`],
    ["node:process in an adapter", "src/adapters/x.ts", `import { env as x } from "node:process"; ${use}`],
  ])("an import of %s", async (_what, path, code) => {
    expect(await faultsOf(path, code)).toEqual([expect.stringMatching(/^house\/walls: /)]);
  });

  it.each([
    ["the process outside main.ts", "src/adapters/x.ts", `export const x = process.env;`],
    ["the process by way of globalThis", "src/cli.ts", `export const x = globalThis.process;`],
    ["the clock", "src/grants/x.ts", `export const x = () => new Date();`],
    ["the clock in milliseconds", "src/grants/x.ts", `export const x = () => Date.now();`],
    ["chance", "src/grants/x.ts", `export const x = () => Math.random();`],
    ["chance from node:crypto", "src/grants/x.ts", `import { randomBytes as x } from "node:crypto"; ${use}`],
    ["waiting", "src/grants/x.ts", `setTimeout(() => undefined, 1);`],
    ["the console", "src/report/x.ts", `console.log("x");`],
    ["a default export", "src/errors.ts", `export default 1;`],
    ["a barrel", "src/grants/x.ts", `export { x } from "./device.ts";`],
    ["a boolean parameter", "src/errors.ts", `export function x(loud: boolean) { return loud; }`],
    ["a fourth parameter", "src/errors.ts", `export const x = (a: 1, b: 1, c: 1, d: 1) => [a, b, c, d];`],
    ["a function over 40 lines", "src/errors.ts", `export function x() {\n${"void 0;\n".repeat(40)}}`],
    ["a file over 250 lines", "test/x.ts", "// a line\n".repeat(250)],
  ])("%s", async (_what, path, code) => {
    expect(await faultsOf(path, code)).toHaveLength(1);
  });
});

describe("the linter lets", () => {
  it.each([
    ["a lower rank pass", "src/grants/x.ts", `import { x } from "../oauth/token.ts"; ${use}`],
    ["the same folder pass", "src/grants/x.ts", `import { x } from "./device.ts"; ${use}`],
    [
      "a test import what it tests",
      "test/grants/x.ts",
      `import { x } from "../../src/grants/device.ts"; ${use}`,
    ],
    [
      "the command line load a command",
      "src/cli.ts",
      `export const x = () => import("./commands/status.ts");`,
    ],
    [
      "an adapter use the clock and undici",
      "src/adapters/x.ts",
      `import { x } from "undici"; export const y = [x, new Date()];`,
    ],
    [
      "main.ts wire an adapter to the process",
      "src/main.ts",
      `import { x } from "./adapters/x.ts"; x(process.env);`,
    ],
  ])("%s", async (_what, path, code) => {
    expect(await faultsOf(path, code)).toEqual([]);
  });
});

it("rules that need types are on, and get them: a promise must not float", async () => {
  const config = (await new ESLint().calculateConfigForFile("src/duration.ts")) as unknown;
  expect(config).toMatchObject({
    rules: { "@typescript-eslint/no-floating-promises": [ERROR] },
    languageOptions: { parserOptions: { projectService: true } },
  });
});
