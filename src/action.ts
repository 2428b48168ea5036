import { fileURLToPath } from "node:url";
import { installCommand } from "./adapters/installed-command.ts";
import { readInputs } from "./cli/action-inputs.ts";

/** The entry of the action, as GitHub's runner starts it: `main.ts` is beside it, in the bundle. */
const { env, execPath } = process;

const input = (name: string) => env[`INPUT_${name.toUpperCase()}`] ?? "";
const call = readInputs(input);

switch (call.kind) {
  case "install":
    await installCommand({
      node: execPath,
      main: fileURLToPath(new URL("main.mjs", import.meta.url)),
      temporary: env["RUNNER_TEMP"] ?? "",
      pathFile: env["GITHUB_PATH"] ?? "",
    });
    break;
  case "run":
    // The job's own token is what `main.ts` looks for last.
    if ((env["GITHUB_TOKEN"] ?? "") === "") env["GITHUB_TOKEN"] = input("token");
    process.argv.splice(2, Infinity, ...call.args);
    await import("./main.ts");
    break;
}
