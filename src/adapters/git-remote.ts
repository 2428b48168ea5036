import { execFileSync } from "node:child_process";

/** `git@host:owner/name.git`, `https://host/owner/name`, `ssh://git@host/owner/name.git`. */
const OWNER_AND_NAME = /[/:]([A-Za-z0-9-]+\/[A-Za-z0-9_.-]+?)(?:\.git)?\/?\s*$/;

const TIMEOUT_MILLISECONDS = 5_000;

/** owner/name of a checkout's `origin`; undefined where there is no git, no checkout or no such remote. */
export function repositoryOfRemote(directory: string, searchPath: string | undefined): string | undefined {
  try {
    const url = execFileSync("git", ["-C", directory, "remote", "get-url", "origin"], {
      encoding: "utf8",
      env: { PATH: searchPath },
      stdio: ["ignore", "pipe", "ignore"],
      timeout: TIMEOUT_MILLISECONDS,
    });
    return OWNER_AND_NAME.exec(url)?.[1];
  } catch {
    return undefined;
  }
}
