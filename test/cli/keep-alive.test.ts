import { expect, it } from "vitest";
import type { World } from "../support/cli-world.ts";
import { authorizedWorld } from "../support/here.ts";

const SCHEDULED = {
  GITHUB_EVENT_NAME: "schedule",
  GITHUB_WORKFLOW_REF: "acme/credentials/.github/workflows/sealring.yml@refs/heads/main",
};

function enablings(world: World): readonly string[] {
  return world.github.log.flatMap(({ operation, target }) =>
    operation === "actions/enable-workflow" ? [target] : [],
  );
}

it.concurrent(
  "a scheduled refresh enables its workflow anew, due or not; nothing else does",
  async (test) => {
    const world = await authorizedWorld(test);
    const { env } = world.job();
    for (const args of [["refresh", "--dry-run"], ["recover"], ["status"]])
      expect(await world.run(args, { ...env, ...SCHEDULED })).toMatchObject({ exit: 0 });
    expect(await world.run(["refresh"], { ...env, ...SCHEDULED, GITHUB_EVENT_NAME: "push" })).toMatchObject({
      exit: 0,
    });
    expect(enablings(world)).toEqual([]);
    expect(await world.run(["refresh"], { ...env, ...SCHEDULED })).toMatchObject({ exit: 0 });
    expect(enablings(world)).toEqual(["/repos/acme/credentials/actions/workflows/sealring.yml/enable"]);
  },
);

it.concurrent("a workflow that cannot be enabled costs the refresh one line, and no exit", async (test) => {
  const world = await authorizedWorld(test);
  world.github.faults.fail("actions/enable-workflow", { kind: "drop_request" }, Infinity);
  const ended = await world.run(["refresh", "--force"], { ...world.job().env, ...SCHEDULED });
  expect(ended).toMatchObject({ exit: 0 });
  expect(ended.stderr.match(/^the schedule of sealring\.yml could not be prolonged: .*$/gm)).toHaveLength(1);
});
