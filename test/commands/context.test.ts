import { expect, test } from "vitest";
import { select } from "../../src/commands/context.ts";
import { example } from "../workflow/examples.ts";

test("an environment's job takes its own credentials, and the empty name those of repository secrets", () => {
  const declared = example("several environments");
  const chosen = (environment?: string) => select(declared, [], environment).map(({ name }) => name);
  expect(chosen("lamps")).toEqual(["lamp"]);
  expect(chosen("")).toEqual(["oura-2", "oura"]);
  expect(chosen("Lamps")).toEqual([]);
  expect(chosen()).toHaveLength(4);
});
