import { doctor } from "../commands/doctor.ts";
import type { ExitCode } from "../errors.ts";
import { doctorJson, doctorText } from "../report/doctor.ts";
import type { Globals, Host } from "./host.ts";
import { finish } from "./output.ts";

/** Runs `sealring doctor`. */
export async function runDoctor(host: Host, globals: Globals): Promise<ExitCode> {
  const report = await doctor(await host.ports(globals), host.nodeVersion);
  return finish({ host, globals }, report, { text: doctorText, json: doctorJson });
}
