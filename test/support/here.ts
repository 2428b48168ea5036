import { join } from "node:path";
import type { TestContext } from "vitest";
import type { Ports } from "../../src/commands/context.ts";
import { ALLOW_ALL } from "../../src/sandbox/scripted-person.ts";
import { Life } from "../runner/life.ts";
import { sealring } from "../runner/sealring.ts";
import type { Ended } from "./cli.ts";
import { World } from "./cli-world.ts";
import { PersonAtBrowser } from "./job-ports.ts";

/*
 * The command line in this process, where a process of its own would show nothing more: what comes before that which a test is
 * about, and after it.
 */

/** Runs it to its end. Pauses that nothing can cut short take no time. */
export async function runHere(
  world: World,
  args: readonly string[],
  { env, ports }: { readonly env: Readonly<Record<string, string>>; readonly ports?: Partial<Ports> },
): Promise<Ended> {
  const { clock } = world;
  const now = () => clock.now();
  const sleep = async (milliseconds: number, signal?: AbortSignal) => {
    if (signal === undefined) clock.passSeconds(milliseconds / 1_000);
    else await clock.sleep(milliseconds, signal);
  };
  const call = { args, env, directory: join(world.directory, "repository") };
  const outside = { clock: { now, sleep }, life: new Life(), ...(ports === undefined ? {} : { ports }) };
  const ended = await sealring(call, outside);
  world.note(ended);
  return ended;
}

/** A person authorizes a credential that is declared. */
export async function authorizeHere(world: World, name = "oura"): Promise<void> {
  const browser = new PersonAtBrowser(world.authorizationServer, ALLOW_ALL);
  const env = { ...world.person(), RUNNER_TEMP: join(world.directory, "home") };
  const ports = { browser, listener: browser.listener };
  const { exit, stderr } = await runHere(world, ["authorize", name], { env, ports });
  if (exit !== 0) throw new Error(stderr);
}

/** A world that lasts as long as the test, and in which `oura` is authorized. */
export async function authorizedWorld(test: Pick<TestContext, "onTestFinished">): Promise<World> {
  const world = await World.forTest(test);
  await authorizeHere(world);
  return world;
}
