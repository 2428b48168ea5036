import type { Settings } from "../../github-settings.ts";
import type { Api } from "./api.ts";
import { readText } from "./contents.ts";
import { confine } from "./confine.ts";
import { environmentFacts, environmentOf, readEnvironment } from "./environments.ts";
import type { Site } from "./faults.ts";
import { readRepository } from "./repository.ts";

/** The ways to what is read, and to what is set: a GitHub App has a token for each. */
export interface SettingsWays {
  readonly reading: Api;
  readonly setting: Api;
}

/** The `Settings` port: the repository itself, its environments, and the files of its default branch. */
export function createSettings({ reading, setting }: SettingsWays, repository: string, site: Site): Settings {
  const named = (api: Api, name: string) => environmentOf(api, { repository, name, site });
  return {
    repository: () => readRepository(reading, repository, site),
    async environment(name) {
      const environment = named(reading, name);
      const data = await readEnvironment(environment);
      return data === undefined ? undefined : environmentFacts(environment, data);
    },
    confine: async (name, branch) => confine(named(setting, name), branch),
    file: (path) => readText(reading, { repository, path }, site),
  };
}
