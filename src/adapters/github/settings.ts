import type { Settings } from "../../github-settings.ts";
import type { Api } from "./api.ts";
import { readText } from "./contents.ts";
import { confine } from "./confine.ts";
import { environmentFacts, environmentOf, readEnvironment } from "./environments.ts";
import type { Site } from "./faults.ts";
import { readRepository } from "./repository.ts";

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
    file: (path) => readText(api, { repository, path }, site),
  };
}
