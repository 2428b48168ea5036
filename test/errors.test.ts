import { expect, test } from "vitest";
import { EXIT, exitOf, SealringError } from "../src/errors.ts";
import type { ErrorCode } from "../src/errors.ts";

test.each<[ErrorCode, number]>([
  ["bug", 1],
  ["usage", 2],
  ["faulty_declaration", 2],
  ["transient", 3],
  ["rate_limited", 3],
  ["stale", 3],
  ["store_refused", 3],
  ["ambiguous", 4],
  ["reauthorization_required", 4],
  ["client_misconfigured", 4],
  ["provider_drift", 4],
  ["interrupted", 130],
])("an error of code %s ends the process with %i", (code, exit) => {
  expect(exitOf(code)).toBe(exit);
  expect(new SealringError(code, "what happened").exit).toBe(exit);
});

test("what waits to be stored has an exit of its own", () => {
  expect(EXIT.pending).toBe(5);
});

test("an error keeps its hint and its cause, and has neither where none was given", () => {
  const cause = new Error("beneath");
  const full = new SealringError("transient", "it broke", { hint: "run it again", cause });
  expect(full).toMatchObject({ name: "SealringError", message: "it broke", hint: "run it again", cause });
  const bare = new SealringError("usage", "it broke");
  expect(bare.hint).toBeUndefined();
  expect("cause" in bare).toBe(false);
});
