import type { RepositoryFacts } from "../../github-settings.ts";
import type { Api } from "./api.ts";
import { faultOf, unreadable } from "./faults.ts";
import type { Site } from "./faults.ts";
import { booleanOf, textOf } from "./outcome.ts";
import { repositoryParameters } from "./places.ts";

const VISIBILITIES: readonly RepositoryFacts["visibility"][] = ["public", "private", "internal"];

/** What GitHub says of a repository. Throws as `faultOf` does. */
export async function readRepository(api: Api, repository: string, site: Site): Promise<RepositoryFacts> {
  const asked = { what: `repository ${repository}`, site };
  const parameters = repositoryParameters(repository);
  const outcome = await api.repeatable({ route: "GET /repos/{owner}/{repo}", parameters });
  if (outcome.kind !== "answer") throw faultOf(outcome, asked);
  const { data } = outcome;
  const defaultBranch = textOf(data, "default_branch");
  if (defaultBranch === undefined) throw unreadable(asked);
  return { defaultBranch, visibility: visibilityOf(data), archived: booleanOf(data, "archived") };
}

function visibilityOf(data: unknown): RepositoryFacts["visibility"] {
  const said = textOf(data, "visibility");
  const fallback = booleanOf(data, "private") ? "private" : "public";
  return VISIBILITIES.find((known) => known === said) ?? fallback;
}
