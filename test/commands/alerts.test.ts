import { describe, expect, it, test } from "vitest";
import { asBot, countOf, issuesOf, plant } from "../support/issues.ts";
import { answering, DOWN } from "../support/misfortunes.ts";
import { World } from "../support/world.ts";

const DEAD = answering(400, '{"error":"invalid_grant"}');

/** A world whose credential `oura` has just lost its grant. */
async function dead(options: Parameters<World["refresh"]>[0] = {}): Promise<World> {
  const world = await World.authorized();
  world.sandbox.authorizationServer.faults.fail("token", DEAD);
  expect(await world.refresh({ when: "forced", ...options })).toMatchObject({ exit: 4 });
  return world;
}

describe.each(["a person", "an App"] as const)("with the token of %s", (kind) => {
  const options = (world: World) => (kind === "an App" ? { github: asBot(world) } : {});

  it("a dead grant opens one issue, which later runs bring up to date, and the next success closes it", async () => {
    const world = await World.authorized();
    world.sandbox.authorizationServer.faults.fail("token", DEAD);
    for (let run = 0; run < 3; run += 1) await world.refresh({ when: "forced", ...options(world) });
    const runs = world.sandbox.github.repository(world.repository).runs;
    const last = [...runs.keys()].at(-1);
    expect(issuesOf(world)).toMatchObject([
      { title: "oura: authorize it again", state: "open", comments: [] },
    ]);
    expect(issuesOf(world)[0]?.body).toContain(`/actions/runs/${String(last)}`);
    expect(countOf(world, "issues/create")).toBe(1);
    await world.authorize("oura");
    expect(issuesOf(world)).toMatchObject([{ state: "open" }]);
    await world.refresh(options(world));
    expect(issuesOf(world)).toMatchObject([
      {
        state: "closed",
        stateReason: "completed",
        comments: [{ body: expect.stringContaining("well again") as string }],
      },
    ]);
    await world.refresh(options(world));
    expect(issuesOf(world)[0]?.comments).toHaveLength(1);
  });
});

test("the issue says until when, what to type, whom to call, and where to read on", async () => {
  const world = await dead();
  const { body, labels } = issuesOf(world)[0] ?? { body: "", labels: [] };
  const until = world.entry().expiresAt?.toISOString().slice(0, 16).replace("T", " ") ?? "";
  for (const part of [until, "sealring authorize oura", "`data-platform@acme.example`", "`invalid_grant`"])
    expect(body).toContain(part);
  expect(labels).toEqual([]);
});
void [DOWN, plant];
