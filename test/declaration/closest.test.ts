import { describe, expect, it } from "vitest";
import { closest } from "../../src/declaration/closest.ts";

describe("what was most likely meant", () => {
  it.each([
    ["ouar", "oura"],
    ["grnat", "grant"],
    ["dayly", "daily"],
    ["Acces-Token", "access_token"],
    ["rado", undefined],
  ])("by %s is %s", (word, meant) => {
    expect(closest(word, ["oura", "grant", "daily", "access_token"])).toBe(meant);
  });
});
