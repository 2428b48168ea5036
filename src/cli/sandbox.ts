import { EXIT } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import { runSandbox } from "../sandbox/command.ts";
import type { Globals, Host } from "./host.ts";

/** Runs `sealring sandbox` until it is interrupted. */
export async function runSandboxCommand(host: Host, globals: Globals): Promise<ExitCode> {
  const { clock, random, progress, stop } = await host.ports(globals);
  const print = (text: string) => {
    host.out(text);
  };
  await runSandbox({ clock, randomBytes: random, server: await host.httpServer(), progress, print }, stop);
  return EXIT.done;
}
