import fc from "fast-check";
import { expect, test } from "vitest";
import { diffLines } from "../../src/difference/line-diff.ts";

const text = (...lines: readonly string[]) => lines.join("\n");

test("what is kept is shown two lines around, and where it is", () => {
  const before = text("1", "2", "3", "4", "5", "6", "7", "8", "9");
  const after = text("1", "2", "3", "four", "5", "6", "7", "8", "nine");
  expect(diffLines(before, after)).toEqual([
    ...["@@ line 2", " 2", " 3", "-4", "+four", " 5", " 6"],
    ...[" 7", " 8", "-9", "+nine"],
  ]);
});

test("what is far apart is shown apart", () => {
  const lines = Array.from({ length: 30 }, (_, index) => String(index));
  const changed = lines.with(2, "x").with(25, "y");
  expect(diffLines(text(...lines), text(...changed)).filter((line) => line.startsWith("@@"))).toEqual([
    "@@ line 1",
    "@@ line 24",
  ]);
});

const someText = fc
  .array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 })
  .map((lines) => lines.join("\n"));

test("kept and new lines are the new text, kept and gone ones the old", () => {
  fc.assert(
    fc.property(someText, someText, (before, after) => {
      const diff = diffLines(before, after);
      if (before === after) expect(diff).toEqual([]);
      const count = (sign: string) => diff.filter((line) => line.startsWith(sign)).length;
      const [old, fresh] = [before.split("\n").length, after.split("\n").length];
      expect(count("+") - count("-")).toBe(fresh - old);
      const gone = diff.filter((line) => line.startsWith("-")).map((line) => line.slice(1));
      for (const line of gone) expect(before.split("\n")).toContain(line);
    }),
  );
});

test("texts of thousands of lines that all differ are shown as one change", () => {
  const [old, fresh] = ["old", "new"].map((word) => text(...Array<string>(2_000).fill(word)));
  expect(diffLines(old ?? "", fresh ?? "")).toHaveLength(4_001);
});
