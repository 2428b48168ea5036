import { expect, test } from "vitest";
import { select } from "../../src/commands/context.ts";
import { example } from "../workflow/examples.ts";
import { World } from "../support/world.ts";

test("an environment's job takes its own credentials, and the empty name those of repository secrets", () => {
  const declared = example("several environments");
  const chosen = (environment?: string) => select(declared, [], environment).map(({ name }) => name);
  expect(chosen("lamps")).toEqual(["lamp"]);
  expect(chosen("")).toEqual(["oura-2", "oura"]);
  expect(() => chosen("Lamps")).toThrow(expect.objectContaining({ code: "usage" }));
  expect(chosen()).toHaveLength(4);
});

test.each([
  ["run", "after_another"],
  ["process", "alone"],
] as const)(
  "a %s takes its tokens' minute as %s, even where there is but one environment",
  async (owner, turn) => {
    const world = await World.authorized();
    const turns: unknown[] = [];
    const connect = async (_: unknown, __: unknown, purpose?: { readonly turn?: string }) => {
      turns.push(purpose?.turn);
      return world.connect();
    };
    await world.refresh({ owner, ports: { connect } });
    await world.recover({ owner, ports: { connect } });
    expect(turns).toEqual([turn, turn]);
  },
);
