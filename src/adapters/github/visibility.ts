import type { StoreTarget } from "../../github.ts";
import type { Api } from "./api.ts";
import { faultOf, unreadable } from "./faults.ts";
import type { Site } from "./faults.ts";
import { integerOf } from "./outcome.ts";

/** Who may read an organization's secret, as GitHub wants it said with each put. */
export interface Visibility {
  fieldsOf(target: StoreTarget): Promise<Readonly<Record<string, unknown>>>;
}

/** Selected repositories go by id; each is looked up once. */
export function createVisibility(api: Api, site: Site): Visibility {
  const ids = new Map<string, Promise<number>>();
  const idOf = (owner: string, repo: string) => {
    const key = `${owner}/${repo}`;
    const id = ids.get(key) ?? lookUp(api, { owner, repo }, site);
    ids.set(key, id);
    // A failure is not for keeping: the next put looks again.
    id.catch(() => ids.delete(key));
    return id;
  };
  return {
    async fieldsOf(target) {
      if (target.kind !== "organization") return {};
      const { organization, visibility, repositories } = target;
      if (visibility !== "selected") return { visibility };
      const selected = await Promise.all(repositories.map((repo) => idOf(organization, repo)));
      return { visibility, selected_repository_ids: selected };
    },
  };
}

async function lookUp(api: Api, parameters: { owner: string; repo: string }, site: Site): Promise<number> {
  const asked = { what: `repository ${parameters.owner}/${parameters.repo}`, site };
  const outcome = await api.repeatable({ route: "GET /repos/{owner}/{repo}", parameters });
  if (outcome.kind !== "answer") throw faultOf(outcome, asked);
  const id = integerOf(outcome.data, "id");
  if (id === undefined) throw unreadable(asked);
  return id;
}
