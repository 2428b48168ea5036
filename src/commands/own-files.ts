import type { Project } from "../declaration/credential.ts";
import type { Files } from "../ports.ts";
import { WORKFLOW_FOLDER } from "../workflow/generate.ts";
import { actionFolder } from "./plan.ts";
import { BUNDLED_NAME, WORKFLOW_NAME } from "./read-tree.ts";

type ActionOf = Pick<Project, "action">;

/** The paths of what is sealring's in the tree, and there: declarations, workflows, and the action. */
export function ownFiles(files: Files, project: ActionOf): readonly string[] {
  const listed = ownFolders(project).flatMap((folder) =>
    files.list(folder).map((name) => (folder === "." ? name : `${folder}/${name}`)),
  );
  return listed.filter((path) => isOwnFile(path, project));
}

/** The folders that such files are in; `.` is the tree's own. */
export function ownFolders({ action }: ActionOf): readonly string[] {
  const folder = actionFolder(action);
  const isInside = folder !== undefined && !folder.startsWith("..");
  return [".", "credentials", WORKFLOW_FOLDER, ...(isInside ? [folder, `${folder}/action`] : [])];
}

/** Whether a path is one that sealring writes, and so may commit; whether there is a file or not. */
export function isOwnFile(path: string, { action }: ActionOf): boolean {
  const folder = actionFolder(action);
  if (path === "sealring.yaml" || /^credentials\/[a-z0-9-]{1,64}\.ya?ml$/.test(path)) return true;
  if (path.startsWith(`${WORKFLOW_FOLDER}/`))
    return WORKFLOW_NAME.test(path.slice(WORKFLOW_FOLDER.length + 1));
  if (folder === undefined || folder.startsWith("..") || !path.startsWith(`${folder}/`)) return false;
  const [name = "", bundled, ...more] = path.slice(folder.length + 1).split("/");
  if (bundled === undefined) return name === "action.yml";
  return name === "action" && more.length === 0 && BUNDLED_NAME.test(bundled);
}
