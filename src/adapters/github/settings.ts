import type { Settings } from "../../github.ts";
import type { Api } from "./api.ts";
import { confine } from "./confine.ts";
import { environmentFacts, environmentOf, readEnvironment } from "./environments.ts";
import { faultOf } from "./faults.ts";
import type { Site } from "./faults.ts";
import { textOf } from "./outcome.ts";
import { repositoryParameters } from "./places.ts";
import { readRepository } from "./repository.ts";

const CONTENTS = "/repos/{owner}/{repo}/contents/{path}";

/** The `Settings` port: the repository itself, its environments, and the files of its default branch. */
export function createSettings(api: Api, repository: string, site: Site): Settings {
  const named = (name: string) => environmentOf(api, { repository, name, site });
  return {
    repository: () => readRepository(api, repository, site),
    async environment(name) {
      const environment = named(name);
      const data = await readEnvironment(environment);
      return data === undefined ? undefined : environmentFacts(environment, data);
    },
    confine: async (name, branch) => confine(named(name), branch),
    async file(path) {
      const parameters = { ...repositoryParameters(repository), path };
      const outcome = await api.repeatable({ route: `GET ${CONTENTS}`, parameters });
      if (outcome.kind === "refused" && outcome.status === 404) return undefined;
      if (outcome.kind !== "answer") throw faultOf(outcome, { what: `file ${path} of ${repository}`, site });
      const content = textOf(outcome.data, "content");
      // A larger file comes without its content, a directory as a list.
      if (content === undefined || textOf(outcome.data, "encoding") !== "base64") return undefined;
      return Buffer.from(content, "base64").toString("utf8");
    },
  };
}
