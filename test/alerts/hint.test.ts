import fc from "fast-check";
import { expect, it, test } from "vitest";
import { hintAsMarkdown } from "../../src/alerts/hint.ts";

it.each([
  ["run: sealring validate; GitHub takes letters", "Run: `sealring validate`; GitHub takes letters"],
  [
    "run: sealring authorize oura (or restore the branch x)",
    "Run: `sealring authorize oura` (or restore the branch x)",
  ],
  [
    "run there: sealring recover; or anywhere: sealring authorize oura",
    "Run there: `sealring recover`; or anywhere: `sealring authorize oura`",
  ],
  [
    "set SEALRING_GITHUB_TOKEN to a new token, or run: gh auth login --hostname github.com",
    "Set SEALRING_GITHUB_TOKEN to a new token, or run: `gh auth login --hostname github.com`",
  ],
  ["run: sealring recover --identity <file>", "Run: `sealring recover --identity <file>`"],
  ["nothing to do: the next run tries again", "Nothing to do: the next run tries again"],
])("of %j only the commands are code", (hint, shown) => {
  expect(hintAsMarkdown(hint)).toBe(shown);
});

it.each([
  "ask @acme/everybody",
  "![x](https://evil.example)",
  "<img>",
  "see #1",
  "write `x`",
  "${{ secrets.X }}",
])("%j is code as a whole, because it is more than words", (hint) => {
  expect(hintAsMarkdown(hint)).toMatch(/^`[^]*`$/);
});

test("outside of code there is nothing that GitHub acts upon", () => {
  const piece = fc.constantFrom(
    "run: sealring x",
    ": gh y",
    "; ",
    "@ada",
    "[a](b)",
    "<b>",
    "*",
    "`",
    "#1",
    "\n",
    "a",
    " (",
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const prose = hintAsMarkdown(pieces.join("")).replaceAll(/(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, "");
      expect(prose).not.toMatch(/[@[\]<*#`\n]/);
    }),
  );
});
