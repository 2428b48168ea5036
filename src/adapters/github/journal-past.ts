import type { Api } from "./api.ts";
import { textsQuery, wholeText } from "./blobs.ts";
import { faultOf, unreadable } from "./faults.ts";
import type { Asked } from "./faults.ts";
import { repositoryParameters } from "./places.ts";

/** As many texts as one query asks for. */
const MOST = 100;

const COMMIT_ID = /^[0-9a-f]{40}$/;

export interface Place {
  readonly api: Api;
  /** owner/name. */
  readonly repository: string;
  readonly asked: Asked;
}

/** The `Journal` port's `readAt`, by GraphQL: REST would take a request for each commit. */
export async function readFileAt(
  { api, repository, asked }: Place,
  path: string,
  commits: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(commits)].filter((commit) => COMMIT_ID.test(commit));
  const texts = new Map<string, string>();
  for (let from = 0; from < ids.length; from += MOST) {
    const some = ids.slice(from, from + MOST);
    const outcome = await api.query(filesQuery(repository, path, some));
    if (outcome.kind === "refused" || outcome.kind === "lost") throw faultOf(outcome, asked);
    if (outcome.kind === "errors") throw unreadable(asked);
    for (const [index, commit] of some.entries()) {
      const text = wholeText(outcome.data, index);
      if (text !== undefined) texts.set(commit, text);
    }
  }
  return texts;
}

/** A file at each of these commits, as git names it: `<commit>:<path>`. */
export function filesQuery(repository: string, path: string, commits: readonly string[]): string {
  const named = commits.map((commit) => `expression: ${JSON.stringify(`${commit}:${path}`)}`);
  return textsQuery(repositoryParameters(repository), named);
}
