import { describe, expect, it } from "vitest";
import { merge } from "../../../src/adding/amend/merge.ts";

const [A, B, C] = [{ repository: "a" }, { repository: "b" }, { repository: "c" }];

describe("two people's changes to one value", () => {
  it.each([
    ["what only they changed", { x: 1 }, { x: 1 }, { x: 2 }, { x: 2 }],
    ["what only I changed", { x: 1 }, { x: 2 }, { x: 1 }, { x: 2 }],
    ["members that each added and removed", { a: 1, b: 1 }, { a: 1, m: 1 }, { b: 1, t: 1 }, { t: 1, m: 1 }],
    ["members of a map that both added", {}, { o: { m: 1 } }, { o: { t: 1 } }, { o: { t: 1, m: 1 } }],
    ["words of a list", ["a", "b", "c"], ["b", "c", "m"], ["a", "b", "t"], ["b", "t", "m"]],
    ["words that both added", ["a"], ["a", "x"], ["x", "a", "t"], ["x", "a", "t"]],
    ["rows that each added", [A], [A, B], [A, C], [A, C, B]],
    ["a row that both removed", [A, B], [B, C], [B], [B, C]],
  ])("takes in %s", (_, base, mine, theirs, value) => {
    expect(merge({ base, mine, theirs })).toEqual({ value, both: [] });
  });

  it.each([
    ["a text", { x: "a" }, { x: "m" }, { x: "t" }, ["x"]],
    ["what they removed", { x: 1 }, { x: 2 }, {}, ["x"]],
    ["what I removed", { x: { y: 1 } }, { x: {} }, { x: { y: 2 } }, ["x", "y"]],
    ["a row", { x: [A] }, { x: [B] }, { x: [C] }, ["x"]],
  ])("lets mine stand where both changed %s, and tells where that is", (_, base, mine, theirs, path) => {
    expect(merge({ base, mine, theirs })).toEqual({ value: mine, both: [path] });
  });
});
