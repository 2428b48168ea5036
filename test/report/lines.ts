import { expect } from "vitest";

/** What is shown to people fits a terminal, and never says that something is not there in JavaScript's words. */
export function expectReadable(text: string): void {
  expect(text.endsWith("\n")).toBe(true);
  expect(text).not.toMatch(/undefined|null|NaN|\[object|Invalid Date/);
  for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
  expect(text.split("\n").filter((line) => line !== line.trimEnd())).toEqual([]);
}

/** What a JSON document says has a value everywhere: a key with nothing at all would vanish from it. */
export function expectWholeJson(document: object): void {
  expect(holes(document, "$")).toEqual([]);
}

function holes(value: unknown, path: string): readonly string[] {
  if (value === undefined) return [path];
  if (typeof value !== "object" || value === null || value instanceof Date) return [];
  return Object.entries(value).flatMap(([key, inner]) => holes(inner, `${path}.${key}`));
}
