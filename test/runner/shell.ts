import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** One `run:` of a step. */
export interface Script {
  readonly text: string;
  /** `shell:`; undefined: the runner's own choice. */
  readonly shell: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly directory: string;
  /** Where the script's file is put. */
  readonly temp: string;
}

export interface ShellProcess {
  readonly pid: number;
  readonly ended: Promise<number>;
  signal(signal: NodeJS.Signals): void;
}

/**
 * Starts a script as the runner does on Linux (docs: "Workflow syntax", steps[*].shell): `bash -e {0}` where the step
 * names no shell, and with `-o pipefail` where it says bash.
 */
export function startScript(script: Script, print: (line: string) => void): ShellProcess {
  const file = join(script.temp, "step.sh");
  writeFileSync(file, script.text);
  const child = spawn("bash", [...flagsOf(script.shell), file], {
    cwd: script.directory,
    env: script.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on("line", print);
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 137));
  });
  return { pid: child.pid ?? 0, ended, signal: (signal) => void child.kill(signal) };
}

function flagsOf(shell: string | undefined): readonly string[] {
  switch (shell) {
    case undefined:
      return ["-e"];
    case "bash":
      return ["--noprofile", "--norc", "-eo", "pipefail"];
    default:
      throw new Error(`this runner has no shell ${shell}`);
  }
}
