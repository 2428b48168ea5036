import { SealringError } from "../errors.ts";
import type { GitWork } from "../ports.ts";

/** The `GitWork` port for a directory. */
export function createGitWork(directory: string): GitWork {
  return {
    state: () => Promise.resolve({ kind: "none", reason: `not looked at yet: ${directory}` }),
    commit: () => Promise.reject(new SealringError("usage", "not built yet")),
  };
}
