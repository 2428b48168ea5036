import { isOwnFile, ownFiles } from "../../commands/own-files.ts";
import { actionFolder } from "../../commands/plan.ts";
import { loadDeclarations } from "../../declaration/load.ts";
import type { GitState } from "../../ports.ts";
import type { Console } from "../console.ts";

/** What one tick commits: a file, or the action as one, whose files nobody reads. */
export interface Choice {
  /** A file, or the action's folder. */
  readonly path: string;
  readonly files: readonly string[];
}

/** What of sealring's can be committed now. */
export interface Offer {
  readonly git: GitState;
  readonly choices: readonly Choice[];
}

/** `gone`: files of sealring's that were there until now. */
export async function offerOf({ ports }: Console, gone: readonly string[] = []): Promise<Offer> {
  const { project } = loadDeclarations(ports.files, { paths: [], environment: {} });
  const removed = gone.filter((path) => isOwnFile(path, project));
  const git = await ports.git.state([...new Set([...ownFiles(ports.files, project), ...removed])]);
  const changed = git.kind === "none" ? [] : git.changed;
  const folder = actionFolder(project.action);
  const isOfAction = (path: string) => folder !== undefined && path.startsWith(`${folder}/`);
  const action = changed.filter(isOfAction);
  const single = changed.filter((path) => !isOfAction(path)).map((path) => ({ path, files: [path] }));
  return {
    git,
    choices:
      folder === undefined || action.length === 0 ? single : [...single, { path: folder, files: action }],
  };
}
