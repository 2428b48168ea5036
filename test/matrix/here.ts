import { join } from "node:path";
import { Life } from "../runner/life.ts";
import { sealring } from "../runner/sealring.ts";
import type { Ended } from "../support/cli.ts";
import type { World } from "../support/cli-world.ts";

/** Runs the command line to its end in this process, where pauses take no time. */
export async function runHere(
  world: World,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const { clock } = world;
  const now = () => clock.now();
  const sleep = async (milliseconds: number) => clock.passSeconds(milliseconds / 1_000);
  const call = { args, env, directory: join(world.directory, "repository") };
  const ended = await sealring(call, { clock: { now, sleep }, life: new Life() });
  world.note(ended);
  return ended;
}
