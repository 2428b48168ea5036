import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { composeTokens, parseTokens } from "../../src/declaration/compose.ts";
import { toPlain } from "../../src/declaration/plain.ts";
import { simpleValue } from "../../src/declaration/simple-yaml.ts";
import { syntaxProblems } from "../../src/declaration/yaml-errors.ts";
import { credentialText } from "./examples.ts";

/** Both ways of reading a text; `short` is undefined where the short cut leaves it to the parser. */
function both(text: string): { readonly short: unknown; readonly full: unknown } {
  const short = simpleValue(text);
  const composed = composeTokens(parseTokens(text) ?? [], text.length);
  const { value, problems } = toPlain(composed.document.contents);
  const faults = [...syntaxProblems(composed, text), ...problems];
  return { short, full: faults.length === 0 ? value : faults };
}

function agree(text: string): boolean {
  const { short, full } = both(text);
  if (short !== undefined) expect(short, text).toEqual(full);
  return short !== undefined;
}

describe("the short cut through everyday YAML", () => {
  test.each([
    readFileSync(new URL("../../credentials/oura.yaml", import.meta.url), "utf8"),
    credentialText(),
    credentialText({ owner: "owner: 'it''s'", description: 'description: "a: b"' }),
    "a: 1\nb: 1.5e3\nc: 0x1F\nd: 0o17\ne: .inf\nf: null\ng: True\nh: no\ni: 2026-11-22\nj: 1_000\nk:\n",
    "# c\n\na: # c\n  - 1 # c\n  # c\n  - { b: c, } # c\n  - d: e\n    f: g\n# c\n",
    "a: [ b , [ c ] ]\nd: {}\ne: []\nf: \"g\" # h\ni: {j: 'k', l: m:n}\no: # p\n  # q\nr: a b#c  # d\n",
  ])("takes %j", (text) => {
    expect(agree(text)).toBe(true);
  });

  test.each([
    "a: &b c\n",
    "a: *b\n",
    "a: !!str 1\n",
    "a: |\n  b\n",
    "a: b\n  c\n",
    "a: b\na: c\n",
    "a: [b c, d: e]\n",
    "a: {b}\n",
    'a: "\\n"\n',
    "? a\n: b\n",
    "--- \na: b\n---\n",
    "%YAML 1.1\n---\na: b\n",
    "a: b: c\n",
    "a: - b\n",
    " a: b\nc: d\n",
    "a:\tb\n",
    "1: a\n",
    "null: a\n",
    "a:\n- b\n",
    "a: -1\n",
    "a: [b\n  , c]\n",
    "a: b\r\n",
    "a: {b:c}\n",
    "a: b:\n",
    "a: b\n...\n",
    "a: [b]#c\n",
    "a: @b\n",
    "a: [,b]\n",
    "a: [b,,c]\n",
    "{a: b}\n",
    "- a\n",
    "",
  ])("leaves %j to the parser", (text) => {
    expect(agree(text)).toBe(false);
  });

  test("agrees with the parser on any text that it takes", () => {
    const pieces = fc.constantFrom(
      ..."-:?,[]{}#&*!|>'\"%@`. \n\r~0a".split(""),
      ...[
        "\n  ",
        "\n    ",
        ": ",
        "- ",
        "a: ",
        "b: ",
        "a:\n",
        "- a: ",
        " #c",
        "#c\n",
        ", ",
        "[a, ",
        "{a: ",
        "'a'",
        '"a"',
        "\t",
      ],
      ...[
        "true",
        "null",
        "0x1",
        "1e3",
        ".5",
        "-0",
        "+1",
        "NaN",
        ".nan",
        "é",
        "---\n",
        "...",
        "a b",
        "a: b\n",
        "  b: c\n",
      ],
    );
    let taken = 0;
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 25 }), (texts) => {
        if (agree(`k: v\n${texts.join("")}`)) taken += 1;
      }),
      { numRuns: 8_000 },
    );
    expect(taken).toBeGreaterThan(500);
  });

  test("agrees with the parser on a valid file with a change in it", () => {
    const text = credentialText({
      x: "destinations: # here\n  - { repository: acme/a, app: dependabot }\n\n  - repository: 'acme/b'\n    environment: \"p\"\n",
    });
    const change = fc.record({
      at: fc.nat({ max: text.length }),
      removed: fc.nat({ max: 3 }),
      added: fc.string({ maxLength: 3, unit: fc.constantFrom(...":-#,[]{}'\" \nab1&*!|>\\?".split("")) }),
    });
    fc.assert(
      fc.property(change, ({ at, removed, added }) => {
        agree(text.slice(0, at) + added + text.slice(at + removed));
      }),
      { numRuns: 3_000 },
    );
  });
});
