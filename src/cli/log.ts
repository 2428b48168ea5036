import { compact } from "../commands/compact.ts";
import type { CompactRequest } from "../commands/compact.ts";
import { log } from "../commands/log.ts";
import type { LogRequest } from "../commands/log.ts";
import type { ExitCode } from "../errors.ts";
import { compactJson, compactText, logJson, logText } from "../report/log.ts";
import type { Globals, Host } from "./host.ts";
import { finish } from "./output.ts";

/** Runs `sealring log`. */
export async function runLog(host: Host, globals: Globals, request: LogRequest): Promise<ExitCode> {
  const report = await log(await host.ports(globals), request);
  return finish({ host, globals }, report, {
    text: (results) => logText(results, request.name),
    json: logJson,
  });
}

/** Runs `sealring log --compact`. */
export async function runCompact(host: Host, globals: Globals, request: CompactRequest): Promise<ExitCode> {
  const report = await compact(await host.ports(globals), request);
  return finish({ host, globals }, report, { text: compactText, json: compactJson });
}
