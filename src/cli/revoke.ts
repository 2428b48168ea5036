import { revoke } from "../commands/revoke.ts";
import type { ExitCode } from "../errors.ts";
import { revokeJson, revokeText } from "../report/revoke.ts";
import type { Globals, Host } from "./host.ts";
import { finish } from "./output.ts";

/** Runs `sealring revoke`. */
export async function runRevoke(host: Host, globals: Globals, name: string): Promise<ExitCode> {
  const report = await revoke(await host.ports(globals), name);
  return finish({ host, globals }, report, { text: revokeText, json: revokeJson });
}
