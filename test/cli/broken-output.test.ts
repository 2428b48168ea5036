import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { MAIN } from "../support/cli.ts";
import { REPOSITORY } from "../support/cli-setting.ts";
import type { World } from "../support/cli-world.ts";
import { STATE_BRANCH } from "../support/cli-world.ts";
import { authorizedWorld } from "../support/here.ts";

/** In a job every secret is told to the runner, so that something is printed while a token is under way. */
const ON_A_RUNNER = { GITHUB_ACTIONS: "true" };

async function expectRefreshed(world: World): Promise<void> {
  expect(
    JSON.parse(world.github.fileAt(REPOSITORY, STATE_BRANCH, "credentials/oura.json") ?? ""),
  ).toMatchObject({
    phase: "committed",
    generation: 2,
    intent: null,
  });
  expect(await world.consumersAreServed()).toBe(true);
}

it.concurrent("a reader that goes away in the middle of a spend does not end it", async (test) => {
  const world = await authorizedWorld(test);
  const running = world.start(["refresh", "--force", "--json"], { ...world.job().env, ...ON_A_RUNNER });
  world.authorizationServer.faults.before("token", () => running.hangUp());
  expect((await running.ended).exit).toBe(0);
  await expectRefreshed(world);
});

it.runIf(existsSync("/dev/full"))("a full disk under the log does not end a spend", async (test) => {
  const world = await authorizedWorld(test);
  const full = openSync("/dev/full", "w");
  const child = spawn(process.execPath, [MAIN, "refresh", "--force", "--json"], {
    cwd: join(world.directory, "repository"),
    env: { NODE_OPTIONS: process.env["NODE_OPTIONS"] ?? "", ...world.job().env, ...ON_A_RUNNER },
    stdio: ["ignore", full, full],
  });
  closeSync(full);
  expect(await once(child, "exit")).toEqual([0, null]);
  await expectRefreshed(world);
});
