import { describe, expect, it } from "vitest";
import { issuesOf } from "../support/issues.ts";
import { answering, DOWN, putOf } from "../support/misfortunes.ts";
import { World } from "../support/world.ts";

const UNAUTHORIZED = answering(401, '{"message":"Bad credentials"}');
const FORBIDDEN = answering(403, '{"message":"Resource not accessible by personal access token"}');

/** One whose access token runs out within a day, while runs go on. */
async function expired(break_: (world: World) => void): Promise<World> {
  const world = await World.authorized();
  break_(world);
  world.untilDue();
  await world.refresh();
  expect(issuesOf(world)).toEqual([]);
  world.clock.passSeconds(86_400);
  await world.refresh();
  return world;
}

describe("once the access token has expired an issue tells of", () => {
  it.each([
    [
      "a GitHub token that is no good any more",
      (world: World) => {
        world.sandbox.github.faults.fail(putOf("SEALRING_CANARY"), UNAUTHORIZED, Infinity);
      },
      /GitHub does not know the token[^]*set SEALRING_GITHUB_TOKEN to a new token/i,
    ],
    [
      "a provider that takes no request for days",
      (world: World) => {
        world.sandbox.authorizationServer.faults.fail("token", answering(429), Infinity);
      },
      /the provider refused for now[^]*run later: `gh workflow run sealring.yml -f credential=oura`/i,
    ],
  ])("%s, and the next success closes it", async (_, break_, words) => {
    const world = await expired(break_);
    await world.refresh();
    expect(issuesOf(world)).toMatchObject([
      { title: expect.stringMatching(/^oura: no fresh access token since /) as string, state: "open" },
    ]);
    expect(issuesOf(world)[0]?.body).toMatch(words);
    expect(issuesOf(world)[0]?.body).not.toContain("sealring authorize");
    world.sandbox.github.faults.clear();
    world.sandbox.authorizationServer.faults.clear();
    expect(await world.refresh()).toMatchObject({ exit: 0 });
    expect(issuesOf(world)).toMatchObject([{ state: "closed", stateReason: "completed" }]);
  });
});

describe("an issue tells of a destination that", () => {
  it("refuses, at once, until it takes the output", async () => {
    const world = await World.authorized();
    world.sandbox.github.faults.fail(putOf("OURA_ACCESS_TOKEN"), FORBIDDEN, Infinity);
    expect(await world.refresh({ when: "forced" })).toMatchObject({
      exit: 5,
      results: [{ outcome: "refreshed" }],
    });
    expect(await world.refresh()).toMatchObject({ exit: 5, results: [{ outcome: "fresh" }] });
    expect(issuesOf(world)).toMatchObject([
      { title: "oura: a destination does not take its secrets", state: "open" },
    ]);
    expect(issuesOf(world)[0]?.body).toMatch(/- `OURA_ACCESS_TOKEN` in `[^`]+`: `the token may not use/);
    world.sandbox.github.faults.clear();
    expect(await world.refresh()).toMatchObject({ exit: 0 });
    expect(issuesOf(world)).toMatchObject([{ state: "closed" }]);
  });

  it("is down, when a second run has found it so", async () => {
    const world = await World.authorized();
    world.sandbox.github.faults.fail(putOf("OURA_ACCESS_TOKEN"), DOWN, Infinity);
    await world.refresh({ when: "forced" });
    expect(issuesOf(world)).toEqual([]);
    await world.refresh();
    expect(issuesOf(world)).toMatchObject([{ title: "oura: a destination does not take its secrets" }]);
  });
});
