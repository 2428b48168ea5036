import { describe, expect, test } from "vitest";
import { evaluate, isTruthy, textOf } from "./expression.ts";

// What is expected here is what docs.github.com says: "Evaluate expressions in workflows and actions" and "Contexts reference".
describe("an expression", () => {
  const contexts = {
    inputs: { command: "", force: true, name: "Oura" },
    secrets: { OURA_CLIENT_SECRET: "s3cret" },
    github: { ref: "refs/heads/main" },
  };
  const valueOf = (expression: string) => evaluate(expression, { contexts });

  test.each([
    ["'it''s open source'", "it's open source"],
    // Every pair stands for one quote, not the first alone.
    ["'a''b''c''''d'", "a'b'c''d"],
    ["format('{0} ''and'' {{x}}', 'y''s')", "y's 'and' {x}"],
  ])("reads the string %s", (expression, expected) => {
    expect(valueOf(expression)).toBe(expected);
  });

  test.each([
    // The empty string is false, so the default takes its place.
    ["inputs.command || 'refresh'", "refresh"],
    ["inputs.force && 'yes' || 'no'", "yes"],
    ["!inputs.command", true],
    // GitHub ignores case when it compares strings, and in names.
    ["inputs.name == 'oura'", true],
    ["secrets.oura_client_secret", "s3cret"],
    // What is not there is null, and compares as nothing.
    ["secrets.NOBODY", null],
    ["inputs.nobody == ''", true],
    ['contains(fromJSON(\'["oura", "strava"]\'), inputs.name)', true],
    ["contains(fromJSON('[\"oura-ring\"]'), inputs.name)", false],
    ["startsWith(github.ref, 'refs/heads/')", true],
  ])("finds that %s is %s", (expression, expected) => {
    expect(valueOf(expression)).toBe(expected);
  });

  test("may not name a context that its place does not have", () => {
    expect(() => evaluate("secrets.X", { contexts: { github: {} } })).toThrow(/secrets/);
  });

  test("has status functions in an `if` alone", () => {
    const never = () => false;
    const status = { success: never, failure: never, cancelled: () => true, always: () => true };
    expect(evaluate("!cancelled() || always()", { contexts, status })).toBe(true);
    expect(() => valueOf("always()")).toThrow(/always/);
  });

  test("is written into a string as text: null is nothing, true is a word", () => {
    expect([null, true, 6, "x"].map(textOf)).toEqual(["", "true", "6", "x"]);
  });

  test("is false where it is false, zero, empty or null", () => {
    expect([false, 0, -0, "", null].map(isTruthy)).toEqual([false, false, false, false, false]);
    expect(["false", {}, []].map(isTruthy)).toEqual([true, true, true]);
  });
});
