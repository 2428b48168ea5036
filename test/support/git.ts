import { execFileSync } from "node:child_process";

/** Who commits, with no settings of this machine's. */
export const GIT_PERSON = {
  PATH: process.env["PATH"],
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@acme.example",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@acme.example",
};

/** What git prints, run by that person in a directory. */
export function git(directory: string, ...args: readonly string[]): string {
  const env = GIT_PERSON;
  return execFileSync("git", ["-C", directory, ...args], {
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}
