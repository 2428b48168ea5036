import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import type { Run } from "../../src/sandbox/github/model.ts";
import type { GitHubSandbox } from "../../src/sandbox/github/sandbox.ts";
import type { Machine } from "./machine.ts";

/** A step that `uses` an action. */
export interface ActionCall {
  readonly uses: string;
  readonly with: Readonly<Record<string, string>>;
  /** Of the step: what the job has, and what the runner adds. */
  readonly env: Readonly<Record<string, string>>;
  readonly machine: Machine;
  readonly run: Run;
  readonly print: (line: string) => void;
}

/** Resolves with an exit code. */
export type Action = (call: ActionCall) => Promise<number>;

/** `actions/checkout`: the files of the run's commit. With `persist-credentials` it leaves the token on the disk. */
export function checkout(github: GitHubSandbox, repository: string): Action {
  return async ({ machine, run, with: given, env }) => {
    for (const [path, text] of github.filesOf(repository, run.headSha)) write(machine, path, text);
    if (given["persist-credentials"] !== "false") write(machine, ".git/config", env["GITHUB_TOKEN"] ?? "");
    return 0;
  };
}

function write({ workspace }: Machine, path: string, text: string): void {
  mkdirSync(dirname(join(workspace, path)), { recursive: true });
  writeFileSync(join(workspace, path), text);
}

/**
 * `actions/upload-artifact` from v4 on: hidden files stay behind unless asked for, and a name is taken once a run, or it
 * fails with 409; `overwrite` deletes the one before. Paths in the artifact begin below what all files share.
 */
export function uploadArtifact(github: GitHubSandbox): Action {
  return async ({ run, with: given, print }) => {
    const name = given["name"] ?? "artifact";
    const files = filesUnder(given["path"] ?? "", given["include-hidden-files"] === "true");
    if (Object.keys(files).length === 0) return nothingFound(given, print);
    if (run.artifacts.some((each) => each.name === name)) {
      if (given["overwrite"] !== "true") {
        print(`::error::Failed to CreateArtifact: (409) Conflict: an artifact ${name} already exists`);
        return 1;
      }
      run.artifacts.splice(0, run.artifacts.length, ...run.artifacts.filter((each) => each.name !== name));
    }
    github.runs.upload(run, name, files);
    return 0;
  };
}

function nothingFound(given: ActionCall["with"], print: ActionCall["print"]): number {
  const means = given["if-no-files-found"] ?? "warn";
  if (means !== "ignore") print(`::${means === "error" ? "error" : "warning"}::No files were found`);
  return means === "error" ? 1 : 0;
}

function filesUnder(root: string, hidden: boolean): Readonly<Record<string, string>> {
  if (!existsSync(root)) return {};
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const shown = paths.filter((path) => hidden || !isHidden(relative(root, path), root));
  return Object.fromEntries(shown.map((path) => [relative(root, path), readFileSync(path, "utf8")]));
}

function isHidden(path: string, root: string): boolean {
  return [basename(root), ...path.split("/")].some((part) => part.startsWith("."));
}

/** A local action that puts a folder on the PATH of later steps. It is there only after the checkout. */
export function putsOnPath(folder: string): Action {
  return async ({ uses, machine, env, print }) => {
    if (!existsSync(join(machine.workspace, uses, "action.yml"))) {
      print(`::error::Can't find 'action.yml' under '${uses}'. Did you forget to run actions/checkout?`);
      return 1;
    }
    writeFileSync(env["GITHUB_PATH"] ?? "", `${folder}\n`, { flag: "a" });
    return 0;
  };
}

/** A local action as it is: the script that its `action.yml` names, in a Node of its own, with its inputs as variables. */
export function runsItself(main: string): Action {
  return async ({ uses, machine, env, with: given }) => {
    if (!existsSync(join(machine.workspace, uses, "action.yml"))) return 1;
    const inputs = Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
    const child = spawn(process.execPath, [main], {
      cwd: machine.workspace,
      env: { ...env, ...(Object.fromEntries(inputs) as Record<string, string>) },
      stdio: "inherit",
    });
    return new Promise((resolve) => child.once("close", (code) => resolve(code ?? 1)));
  };
}
