import type { World } from "../support/cli-world.ts";

const QUICK_TIME = new URL("../support/quick-time.mjs", import.meta.url).href;

/** An environment in which the command line goes by the world's clock, and waits for nothing. */
export function quickly(
  { clock }: World,
  env: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return {
    ...env,
    NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} --import=${QUICK_TIME}`,
    QUICK_TIME_AHEAD_MILLISECONDS: String(clock.now().getTime() - Date.now()),
  };
}
