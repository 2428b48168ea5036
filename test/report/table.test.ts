import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { minuteUtc, relative } from "../../src/report/instants.ts";
import { hintLine } from "../../src/report/refresh.ts";
import { toType, table, wrap } from "../../src/report/table.ts";
import { at } from "../support/entries.ts";

test("a command that is too long for a line is one that a shell still reads as one", () => {
  const command = `gh secret set SEALRING_GITHUB_TOKEN --env sealring --repo ${"acme".repeat(5)}/credentials`;
  const text = toType(command);
  expect(text).toMatch(/^ {2}run: gh secret set .* \\\n {4}\S+\n$/);
  expect(text.split("\n").every((line) => line.length <= 80)).toBe(true);
  expect(text.replaceAll("\\\n", "").replaceAll(/ +/g, " ").trim()).toBe(`run: ${command}`);
  expect(toType("sealring plan")).toBe("  run: sealring plan\n");
});

test("nothing in a cell, a paragraph or a command reorders or hides what stands there", () => {
  const name = "old\u202e dlo\u200b";
  const texts = [
    table(["NAME"], [[name]]),
    wrap(name),
    toType(`gh secret delete X --env '${name}'`),
    hintLine(name),
  ];
  for (const text of texts) expect(text).toContain("old\ufffd dlo\ufffd");
});

test("columns are as wide as their widest cell, and no line ends in spaces", () => {
  expect(table(["NAME", "STATE"], [["a-long-name", "fresh"], ["b", ""], ["c"]])).toBe(
    ["NAME         STATE", "a-long-name  fresh", "b", "c", ""].join("\n"),
  );
});

test("a line that is too long is cut to 80 characters, and shows that it was", () => {
  const [, line = ""] = table(["A", "B"], [["x".repeat(40), "y".repeat(60)]]).split("\n");
  expect(line).toHaveLength(80);
  expect(line.endsWith("y…")).toBe(true);
});

describe("a paragraph", () => {
  it("is broken between words, and loses none", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,20}$/), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(words, fc.constantFrom("", "  "), (each, indent) => {
        const lines = wrap(each.join(" "), indent).split("\n").slice(0, -1);
        expect(lines.every((line) => line.length <= 80 && line.startsWith(indent))).toBe(true);
        expect(lines.flatMap((line) => line.trim().split(" "))).toEqual(each);
      }),
    );
  });

  it("keeps a word that is longer than a line in one piece", () => {
    const url = `https://example.com/${"x".repeat(90)}`;
    expect(wrap(`see ${url} there`)).toBe(`see\n${url}\nthere\n`);
  });
});

test("instants are told in UTC to the minute, and by how far they are", () => {
  expect([minuteUtc(at(59)), minuteUtc(undefined)]).toEqual(["2026-11-22 12:00", "-"]);
  expect([relative(at(90_000), at(0)), relative(at(0), at(7_200)), relative(at(0), at(0))]).toEqual([
    "in 1d 1h",
    "2h ago",
    "in 0s",
  ]);
  expect(relative(undefined, at(0))).toBe("-");
});
