import type { Api } from "./api.ts";
import { faultOf } from "./faults.ts";
import type { Site } from "./faults.ts";
import { textOf } from "./outcome.ts";
import { repositoryParameters } from "./places.ts";

const CONTENTS = "/repos/{owner}/{repo}/contents/{path}";

/** A file of a repository, at a commit, or at the head of the default branch where none is named. */
export interface FileAt {
  readonly repository: string;
  readonly path: string;
  readonly commit?: string;
}

/** A file's text; undefined: it is not there, or over 1 MB. Throws as `faultOf` does. */
export async function readText(api: Api, file: FileAt, site: Site): Promise<string | undefined> {
  const { repository, path, commit } = file;
  const at = commit === undefined ? {} : { ref: commit };
  const parameters = { ...repositoryParameters(repository), path, ...at };
  const outcome = await api.repeatable({ route: `GET ${CONTENTS}`, parameters });
  if (outcome.kind === "refused" && outcome.status === 404) return undefined;
  if (outcome.kind !== "answer") throw faultOf(outcome, { what: `file ${path} of ${repository}`, site });
  const content = textOf(outcome.data, "content");
  // A larger file comes without its content, a directory as a list.
  if (content === undefined || textOf(outcome.data, "encoding") !== "base64") return undefined;
  return Buffer.from(content, "base64").toString("utf8");
}
