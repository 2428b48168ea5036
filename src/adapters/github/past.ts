import type { Past } from "../../github-settings.ts";
import type { Api } from "./api.ts";
import { readText } from "./contents.ts";
import { faultOf } from "./faults.ts";
import type { Site } from "./faults.ts";
import { GitData } from "./git-data.ts";
import { listOf, textOf } from "./outcome.ts";
import { repositoryParameters } from "./places.ts";

const COMMITS = "GET /repos/{owner}/{repo}/commits";
const MAX_COMMITS = 100;

/** The `Past` port: the commits of the default branch, and the files at each. */
export function createPast(api: Api, repository: string, site: Site): Past {
  const asked = { what: `history of ${repository}`, site };

  /** Newest first. */
  async function commits(which: Readonly<Record<string, unknown>>): Promise<readonly unknown[]> {
    const parameters = { ...repositoryParameters(repository), ...which };
    const outcome = await api.repeatable({ route: COMMITS, parameters });
    // There is no commit yet.
    if (outcome.kind === "refused" && outcome.status === 409) return [];
    if (outcome.kind !== "answer") throw faultOf(outcome, asked);
    return listOf(outcome.data);
  }

  return {
    async versions(path) {
      const found = await commits({ path, per_page: MAX_COMMITS });
      const texts = found
        .flatMap((item) => textOf(item, "sha") ?? [])
        .map((commit) => readText(api, { repository, path, commit }, site));
      return (await Promise.all(texts)).flatMap((text) => text ?? []);
    },
    async newest(folder) {
      const [head] = await commits({ per_page: 1 });
      const root = textOf(head, "commit", "tree", "sha");
      const git = new GitData(api, repository, asked);
      const files = root === undefined ? [] : await filesIn(git, root, folder);
      return new Map(
        await Promise.all(files.map(async ([path, blob]) => [path, await git.text(blob)] as const)),
      );
    },
  };
}

/** Paths from the root, and blobs. */
async function filesIn(git: GitData, root: string, folder: string): Promise<readonly [string, string][]> {
  const { data } = git.answer(await git.get("git/trees/{tree_sha}", { tree_sha: root }));
  const entry = listOf(data, "tree").find((each) => textOf(each, "path") === folder);
  if (textOf(entry, "type") !== "tree") return [];
  const files = await git.filesOf(textOf(entry, "sha") ?? "");
  return [...files].map(([name, blob]) => [`${folder}/${name}`, blob]);
}
