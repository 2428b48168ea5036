import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { code, link, mention } from "../../src/alerts/markdown.ts";

/** Likely to do harm, and anything else. */
const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom("`", "``", " ", "\n", "\r", "a", "<", "@x", "](", "\\", "|", "\u202e") }),
  fc.string({ unit: "binary" }),
);

/** Where the code span that opens a line ends: at the next run of as many backticks (CommonMark §6.1). */
function endOfSpan(line: string): number {
  const [opening, ...runs] = line.matchAll(/`+/g);
  const closing = runs.find(([run]) => run.length === opening?.[0].length);
  return opening?.index === 0 && closing !== undefined ? closing.index + closing[0].length : -1;
}

test("any text is one code span, from the first character to the last, on one line", () => {
  fc.assert(
    fc.property(fc.tuple(fc.string({ minLength: 1, unit: "grapheme" }), anyText), ([head, tail]) => {
      for (const text of [head, tail, head + tail, tail + head].filter((each) => each !== "")) {
        const shown = code(text);
        expect(endOfSpan(shown)).toBe(shown.length);
        // eslint-disable-next-line no-control-regex -- nothing of these may be left
        expect(shown).not.toMatch(/[\u0000-\u001f\u2028\u2029\u202a-\u202e]|\p{Surrogate}/u);
      }
    }),
    { numRuns: 500 },
  );
});

test("a long text is cut, and no character in two", () => {
  const shown = code("a".repeat(299) + "\u{1f600}".repeat(50));
  expect(shown).toHaveLength(303);
  expect(shown).not.toMatch(/\p{Surrogate}/u);
  expect(shown.endsWith("…`")).toBe(true);
});

describe("who is called", () => {
  it.each(["@ada", "@acme/data-platform", "@a-b/c.d_e"])("%s is mentioned", (owner) => {
    expect(mention(owner)).toBe(owner);
  });

  it.each([
    "data@acme.example",
    "ada",
    "@",
    "@ada @bob",
    "@ada\n@bob",
    "@acme/x/y",
    "@-ada",
    "[x](https://evil.example)",
  ])("%j is shown, and nobody is told", (owner) => {
    expect(mention(owner).startsWith("`")).toBe(true);
  });
});

describe("an address", () => {
  it.each([
    "https://github.com/a/b/actions/runs/7",
    "https://ghe.acme.example:8443/a/b/actions/runs/7",
    "http://[::1]:80/x",
  ])("%s is linked", (address) => {
    expect(link("this run", address)).toBe(`[this run](${address})`);
  });

  it.each([
    "https://x.example/a) [b](https://evil.example",
    "javascript:alert(1)",
    "https://x.example/ y",
    "https://x/<b>",
  ])("%j is shown only", (address) => {
    expect(link("this run", address)).toBe(`\`${address}\``);
  });
});
