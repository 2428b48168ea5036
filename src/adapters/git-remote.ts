import { readFileSync } from "node:fs";
import { join } from "node:path";

/** `git@host:owner/name.git`, `https://host/owner/name`, `ssh://git@host/owner/name.git`. */
const OWNER_AND_NAME = /[/:]([A-Za-z0-9-]+\/[A-Za-z0-9_.-]+?)(?:\.git)?\/?$/;

const ORIGIN = /^\[remote "origin"\]$/;
const URL_LINE = /^\s*url\s*=\s*(\S+)\s*$/;

/**
 * owner/name of a checkout's `origin`; undefined where there is no checkout or no such remote. The file is read as it
 * is, without git: a repository's own configuration can make git run commands.
 */
export function repositoryOfRemote(directory: string): string | undefined {
  let isOrigin = false;
  for (const line of configOf(directory).split("\n")) {
    if (line.startsWith("[")) isOrigin = ORIGIN.test(line.trim());
    const url = isOrigin ? URL_LINE.exec(line)?.[1] : undefined;
    if (url !== undefined) return OWNER_AND_NAME.exec(url)?.[1];
  }
  return undefined;
}

/** Of a worktree, `.git` is a file that names another directory: there the environment has to say it. */
function configOf(directory: string): string {
  try {
    return readFileSync(join(directory, ".git", "config"), "utf8");
  } catch {
    return "";
  }
}
