import { init } from "../commands/init.ts";
import type { ExitCode } from "../errors.ts";
import { initText } from "../report/init.ts";
import type { Globals, Host } from "./host.ts";
import { finish } from "./output.ts";

/** Runs `sealring init`. */
export async function runInit(host: Host, globals: Globals): Promise<ExitCode> {
  const { directory } = globals;
  const [files, tree, repository] = await Promise.all([
    host.files(directory),
    host.tree(directory),
    host.repository(directory),
  ]);
  const report = await init({ files, tree, repository });
  return finish({ host, globals }, report, { text: initText, json: (result) => result });
}
