import { doctor } from "../commands/doctor.ts";
import type { ExitCode } from "../errors.ts";
import { doctorJson, doctorText } from "../report/doctor.ts";
import type { Globals, Host } from "./host.ts";
import { finish } from "./output.ts";

/** Runs `sealring doctor`, of one credential where one is named. */
export async function runDoctor(host: Host, globals: Globals, name: string | undefined): Promise<ExitCode> {
  const report = await doctor(await host.ports(globals), { nodeVersion: host.nodeVersion, name });
  return finish({ host, globals }, report, { text: doctorText, json: doctorJson });
}
