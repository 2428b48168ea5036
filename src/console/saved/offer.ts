import { isOwnFile, ownFiles, ownFolders } from "../../commands/own-files.ts";
import { actionFolder } from "../../commands/plan.ts";
import type { GitState } from "../../ports.ts";
import type { Console } from "../console.ts";
import { readDeclarations } from "../declarations.ts";

/** What one tick commits: a file, or the action as one, whose files nobody reads. */
export interface Choice {
  /** A file, or the action's folder. */
  readonly path: string;
  readonly files: readonly string[];
  /** `gone`: what is committed is that the file is not there any more. */
  readonly is: "new" | "changed" | "gone";
}

/** What of sealring's can be committed now. */
export interface Offer {
  readonly git: GitState;
  readonly choices: readonly Choice[];
  /** Whether a path is one that is offered when it has changed. */
  readonly isOwn: (path: string) => boolean;
}

export async function offerOf({ ports }: Console): Promise<Offer> {
  const { project } = readDeclarations(ports);
  const isOwn = (path: string) => isOwnFile(path, project);
  const present = ownFiles(ports.files, project);
  const committed = (await ports.git.committedIn(ownFolders(project))).filter(isOwn);
  const git = await ports.git.state([...new Set([...present, ...committed])]);
  const changed = git.kind === "none" ? [] : git.changed;
  const folder = actionFolder(project.action);
  const isOfAction = (path: string) => folder !== undefined && path.startsWith(`${folder}/`);
  const action = changed.filter(isOfAction);
  const single = changed
    .filter((path) => !isOfAction(path))
    .map((path): Choice => {
      const here = committed.includes(path) ? "changed" : "new";
      return { path, files: [path], is: present.includes(path) ? here : "gone" };
    });
  return {
    git,
    choices:
      folder === undefined || action.length === 0
        ? single
        : [...single, { path: folder, files: action, is: "changed" }],
    isOwn: (path) => path === folder || isOwn(path),
  };
}
