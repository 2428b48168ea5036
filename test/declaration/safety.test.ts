import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fault } from "../../src/declaration/fault.ts";
import { credentialText, load } from "./examples.ts";

const FILE = "credentials/oura.yaml";
const CANARY = "canary-q8Zr2vX5tB7nM1kW";

const positions = (fault: Fault, text: string) => {
  const lines = text.split("\n");
  expect(fault.line).toBeGreaterThanOrEqual(1);
  expect(fault.column).toBeGreaterThanOrEqual(1);
  expect(fault.line).toBeLessThanOrEqual(lines.length);
  expect(fault.column).toBeLessThanOrEqual((lines[fault.line - 1]?.length ?? 0) + 1);
  const ends =
    fault.endLine > fault.line || (fault.endLine === fault.line && fault.endColumn >= fault.column);
  expect(ends).toBe(true);
};

const wellFormed = (fault: Fault, text: string) => {
  positions(fault, text);
  for (const shown of [fault.message, fault.hint, fault.file, ...fault.frame.split("\n")]) {
    // eslint-disable-next-line no-control-regex -- these are what must not be there
    expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|##\[/u);
  }
  for (const line of fault.frame.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
};

const decoded = (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: false }).decode(bytes);

describe("hostile files", () => {
  test("any bytes give faults with places in the file, and nothing else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const { faults, credentials } = load({ [FILE]: bytes });
        expect(credentials).toEqual([]);
        expect(faults.length).toBeGreaterThan(0);
        for (const fault of faults) wellFormed(fault, decoded(bytes));
      }),
      { numRuns: 200 },
    );
  });

  test("YAML-like text gives faults with places in the file", () => {
    const piece = fc.constantFrom(
      ..."-:?,[]{}#&*!|>'\"%@`\t\n \r~0a".split(""),
      "\n  ",
      ": ",
      "- ",
      "&a ",
      "*a",
      "<<: ",
      "---\n",
      "...\n",
      "__proto__: ",
      "::error::x",
      "##[error]",
      "version: 1\n",
      "name: oura\n",
      "provider:\n  issuer: ",
      "outputs:\n  A: access_token\n",
      "destinations: [{",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join("");
        for (const fault of load({ [FILE]: text }).faults) wellFormed(fault, text);
      }),
      { numRuns: 200 },
    );
  });

  test("a valid file with one change in it never throws", () => {
    const text = credentialText({ x: "destinations:\n  - { repository: acme/a, app: dependabot }" });
    const change = fc.record({
      at: fc.nat({ max: text.length }),
      removed: fc.nat({ max: 6 }),
      added: fc.string({ maxLength: 6, unit: "binary" }),
    });
    fc.assert(
      fc.property(change, ({ at, removed, added }) => {
        const mutated = text.slice(0, at) + added + text.slice(at + removed);
        const bytes = new TextEncoder().encode(mutated);
        for (const fault of load({ [FILE]: bytes }).faults) wellFormed(fault, decoded(bytes));
      }),
      { numRuns: 200 },
    );
  });

  test("keys of every object are keys like any other", () => {
    for (const key of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      const { faults } = load({ [FILE]: credentialText({ x: `${key}: { polluted: true }` }) });
      expect(faults).toMatchObject([{ rule: "unknown-key", line: 9 }]);
      expect(load({ [FILE]: credentialText({ x: `refresh: { ${key}: 1 }` }) }).faults).toHaveLength(1);
    }
    expect({}).not.toHaveProperty("polluted");
  });

  test("a file's name is printed inertly", () => {
    const name = "credentials/\u001b[31m\n::error::x.yaml";
    const { faults } = load({ [name]: "" }, [name]);
    expect(faults[0]?.file).toBe("credentials/\ufffd[31m\ufffd::error::x.yaml");
    expect(load({}, ["::error::x.yaml"]).faults[0]?.file).toBe("./::error::x.yaml");
  });

  test.each([
    ["brackets", "[".repeat(200_000)],
    ["maps", "{".repeat(200_000)],
    ["sequences", "- ".repeat(100_000)],
    ["keys", Array.from({ length: 30_000 }, (_, index) => `k${String(index)}: 1`).join("\n")],
    [
      "bad outputs",
      `outputs:\n${Array.from({ length: 20_000 }, (_, index) => `  ${String(index)}: x`).join("\n")}`,
    ],
    ["scopes", `scopes: [${"a,".repeat(50_000)}]`],
    ["destinations", `destinations: [${"{},".repeat(30_000)}]`],
    ["aliases", `a: &a x\nb: [${"*a,".repeat(30_000)}]`],
    ["anchors", `a: [${Array.from({ length: 15_000 }, (_, index) => `&a${String(index)} x`).join(",")}]`],
    ["tabs", "\t".repeat(200_000)],
    ["comments", "#\n".repeat(50_000)],
    ["quotes", '"'.repeat(60_000)],
    ["a long line", `owner: ${"a1b2".repeat(60_000)}\nx: 1`],
  ])("a file that is full of %s is judged like any other", (_, text) => {
    for (const fault of load({ [FILE]: text }).faults) wellFormed(fault, text);
  });
});

describe("secrets in files", () => {
  test.each([
    ["client.secret", { client: `client: { id: a, secret: ${CANARY} }` }],
    ["client.secret in a block", { client: `client:\n  id: a\n  secret:\n    ${CANARY}` }],
    ["client.secret in quotes", { client: `client: { id: a, secret: "${CANARY}" }` }],
    ["an unknown key", { x: `client_secret: ${CANARY}` }],
    ["an unknown key over two lines", { x: `refresh_token:\n  ${CANARY}` }],
    ["a list", { x: `access_token: [${CANARY}, 1]` }],
    ["a broken file", { x: `password: "${CANARY}` }],
    ["a token's place", { x: `token: ${CANARY}: ${CANARY}` }],
    ["a scope", { scopes: `scopes: [${CANARY}]` }],
    ["a provider", { provider: `provider: ${CANARY}` }],
    ["a key", { x: `${CANARY}: 1` }],
    ["a key beside a tab", { x: `client_secret:\t${CANARY}\n\tx: 1` }],
  ])("one in %s is in no text of a fault", (_, change) => {
    const { faults } = load({ [FILE]: credentialText(change) });
    expect(faults.length).toBeGreaterThan(0);
    expect(JSON.stringify(faults)).not.toContain(CANARY);
    expect(JSON.stringify(faults)).not.toContain("q8Zr2vX5");
  });

  test("a known token is hidden and refused wherever it stands", () => {
    for (const token of [`ghp_${"aB3".repeat(12)}`, `eyJ${"aB3".repeat(6)}.eyJ`, `xoxb-${"1a".repeat(12)}`]) {
      const { faults } = load({
        [FILE]: credentialText({ description: `description: "it is ${token}, see"` }),
      });
      expect(faults.map(({ rule }) => rule)).toEqual(["literal-secret"]);
      expect(JSON.stringify(faults)).not.toContain(token);
    }
  });
});
