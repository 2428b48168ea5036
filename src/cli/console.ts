import { runConsole } from "../console/command.ts";
import type { ConsoleRequest } from "../console/command.ts";
import { EXIT } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import type { Clock } from "../ports.ts";
import type { Globals, Host } from "./host.ts";

/** Runs `sealring console` until it is interrupted. */
export async function runConsoleCommand(
  host: Host,
  globals: Globals,
  request: ConsoleRequest,
): Promise<ExitCode> {
  const [ports, tree, server, git] = await Promise.all([
    host.ports(globals),
    host.tree(globals.directory),
    host.httpServer(),
    host.gitWork(globals.directory),
  ]);
  const { actionFiles, nodeVersion } = host;
  const pace: Clock["sleep"] = (...wait) => ports.clock.sleep(...wait);
  await runConsole({ ...ports, tree, server, git, pace, actionFiles, nodeVersion }, request);
  return EXIT.done;
}
