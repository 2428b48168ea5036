import { expect, it } from "vitest";
import { byNeed, tally } from "../../src/page/tally.ts";

it("a tally counts those that need somebody first, in words, and leaves out what none is", () => {
  expect(tally(["fresh", "needs_person", "fresh", "due", "needs_person"]).map(({ words }) => words)).toEqual([
    "2 need a person",
    "1 is due",
    "2 are fresh",
  ]);
});

it("tiles are ordered by what they need, and then by name", () => {
  const tiles = [
    { name: "b", state: "fresh" },
    { name: "c", state: "expired" },
    { name: "a", state: "fresh" },
  ] as const;
  expect(tiles.toSorted(byNeed).map(({ name }) => name)).toEqual(["c", "a", "b"]);
});
