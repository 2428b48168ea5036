import { status } from "../commands/status.ts";
import type { StatusRequest } from "../commands/status.ts";
import type { ExitCode } from "../errors.ts";
import { statusJson, statusText } from "../report/status.ts";
import type { Globals, Host } from "./host.ts";
import { finish } from "./output.ts";

/** Runs `sealring status`. */
export async function runStatus(host: Host, globals: Globals, request: StatusRequest): Promise<ExitCode> {
  const ports = await host.ports(globals);
  const report = await status(ports, request);
  const now = ports.clock.now();
  return finish({ host, globals }, report, { text: (results) => statusText(results, now), json: statusJson });
}
