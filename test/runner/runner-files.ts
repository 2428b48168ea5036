import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const NAMES = {
  GITHUB_ENV: "set_env",
  GITHUB_PATH: "add_path",
  GITHUB_OUTPUT: "set_output",
  GITHUB_STEP_SUMMARY: "step_summary",
  GITHUB_STATE: "save_state",
} as const;

/** What a step left in the files that the runner gives it. */
export interface StepFiles {
  readonly env: Readonly<Record<string, string>>;
  readonly path: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Empty files for one step, under the runner's temporary folder, and the variables that name them. */
export function newStepFiles(temp: string, step: string): Readonly<Record<keyof typeof NAMES, string>> {
  const folder = join(temp, "_runner_file_commands");
  mkdirSync(folder, { recursive: true });
  const paths = Object.entries(NAMES).map(([variable, name]) => {
    const path = join(folder, `${name}_${step}`);
    writeFileSync(path, "");
    return [variable, path] as const;
  });
  return Object.fromEntries(paths) as Record<keyof typeof NAMES, string>;
}

/** Reads a step's files once the step has ended: before, the runner does not look (docs: "Workflow commands"). */
export function readStepFiles(paths: ReturnType<typeof newStepFiles>): StepFiles {
  return {
    env: pairsIn(readFileSync(paths.GITHUB_ENV, "utf8")),
    path: linesOf(readFileSync(paths.GITHUB_PATH, "utf8")),
    outputs: pairsIn(readFileSync(paths.GITHUB_OUTPUT, "utf8")),
    summary: readFileSync(paths.GITHUB_STEP_SUMMARY, "utf8"),
  };
}

/** `NAME=value`, or `NAME<<DELIMITER`, lines, `DELIMITER`. Throws on anything else, as the runner fails the step. */
export function pairsIn(text: string): Readonly<Record<string, string>> {
  const pairs: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  while (lines.length > 0) {
    const line = lines.shift() ?? "";
    if (line === "") continue;
    const [, name = "", sign, rest = ""] = /^(.+?)(=|<<)(.*)$/.exec(line) ?? [];
    if (sign === undefined) throw new Error(`Invalid format '${line}'`);
    if (sign === "=") pairs[name] = rest;
    else {
      const end = lines.indexOf(rest);
      if (end < 0) throw new Error(`Matching delimiter not found '${rest}'`);
      pairs[name] = lines
        .splice(0, end + 1)
        .slice(0, -1)
        .join("\n");
    }
  }
  return pairs;
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line !== "");
}
