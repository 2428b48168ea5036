import { expect, test } from "vitest";
import { newEntry } from "../../src/journal/entry.ts";
import { statusPage } from "../../src/journal/page.ts";
import { anEntry, at } from "../support/entries.ts";

function rowsOf(page: string): readonly string[] {
  return page.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| credential"));
}

test("the status page has a row for each credential, by name", () => {
  const runUrl = "https://github.com/acme/x/actions/runs/7";
  const failed = { class: "ambiguous", code: "lost_timeout" } as const;
  const page = statusPage("", [
    anEntry({ name: "strava", phase: "ambiguous", error: failed }),
    anEntry({ name: "oura", refreshedAt: at(0), runUrl }),
    newEntry("fitbit"),
  ]);
  expect(rowsOf(page)).toEqual([
    "| fitbit | reauthorization_required | 0 |  |  |  |",
    `| oura | committed | 1 | 2026-11-22 13:00 | 2026-11-22 12:00 | [run](${runUrl}) |`,
    "| strava | ambiguous (lost_timeout) | 1 | 2026-11-22 13:00 | 2026-11-22 11:59 |  |",
  ]);
});

test.each([
  ["a refresh after it", at(3_600), "13:00"],
  ["an authorization after it", at(-3_600), "12:00"],
])("the time of the last new token is that of the later: %s", (_, refreshedAt, time) => {
  const [row] = rowsOf(statusPage("", [anEntry({ authorizedAt: at(0), refreshedAt, expiresAt: undefined })]));
  expect(row).toBe(`| oura | committed | 1 |  | 2026-11-22 ${time} |  |`);
});

test("the page is the same in whatever order the entries come", () => {
  const [a, b] = [anEntry({ name: "a" }), anEntry({ name: "b" })];
  expect(statusPage("", [b, a])).toBe(statusPage("", [a, b]));
});

test("a row that did not change is kept as it was, and one that did is replaced", () => {
  const before = statusPage("", [
    anEntry({ name: "a" }),
    anEntry({ name: "credential" }),
    anEntry({ name: "z" }),
  ]);
  const after = statusPage(before, [anEntry({ name: "a", phase: "revoked" })]);
  expect(rowsOf(after)).toHaveLength(2);
  expect(after).toBe(before.replace("| a | committed", "| a | revoked"));
});

test("of more than five hundred those that are not in order stay, wherever their names come", () => {
  const many = Array.from({ length: 700 }, (_, index) =>
    anEntry({ name: `c${String(index).padStart(3, "0")}` }),
  );
  const page = statusPage("", [...many, anEntry({ name: "z", phase: "ambiguous" })]);
  expect(rowsOf(page)).toHaveLength(500);
  expect(rowsOf(page).at(-1)).toContain("| z | ambiguous |");
  expect(page).toContain("And 201 more that are in order: `sealring status`.");
  const mended = statusPage(page, [anEntry({ name: "z" })]);
  expect(rowsOf(mended)).toHaveLength(500);
});

test("what else somebody wrote into the page is gone with the next write", () => {
  const page = statusPage("", [anEntry({ name: "a" })]);
  expect(statusPage(`${page}<script>x</script>\n| [x](y) | z |\n`, [])).toBe(page);
});
