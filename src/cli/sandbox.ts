import { EXIT } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import { runSandbox } from "../sandbox/command.ts";
import type { Globals, Host } from "./host.ts";

/** Runs `sealring sandbox` until it is interrupted. */
export async function runSandboxCommand(host: Host, globals: Globals): Promise<ExitCode> {
  const [ports, server] = await Promise.all([host.ports(globals), host.httpServer()]);
  const print = (text: string) => {
    host.out(text);
  };
  await runSandbox({ ports, server, connectTo: host.connectTo, print });
  return EXIT.done;
}
