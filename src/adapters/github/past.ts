import type { Past } from "../../github-settings.ts";
import type { Api } from "./api.ts";
import { readText } from "./contents.ts";
import { faultOf } from "./faults.ts";
import type { Site } from "./faults.ts";
import { listOf, textOf } from "./outcome.ts";
import { repositoryParameters } from "./places.ts";

const COMMITS = "GET /repos/{owner}/{repo}/commits";
const MAX_COMMITS = 100;

/** The `Past` port: the commits of the default branch that touched a file, and the file at each. */
export function createPast(api: Api, repository: string, site: Site): Past {
  return {
    async versions(path) {
      const parameters = { ...repositoryParameters(repository), path, per_page: MAX_COMMITS };
      const outcome = await api.repeatable({ route: COMMITS, parameters });
      // There is no commit yet.
      if (outcome.kind === "refused" && outcome.status === 409) return [];
      if (outcome.kind !== "answer") throw faultOf(outcome, { what: `history of ${repository}`, site });
      const commits = listOf(outcome.data).flatMap((item) => textOf(item, "sha") ?? []);
      const texts = commits.map((commit) => readText(api, { repository, path, commit }, site));
      return (await Promise.all(texts)).flatMap((text) => text ?? []);
    },
  };
}
