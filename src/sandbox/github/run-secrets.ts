import type { Environment, GitHubState, Job, Organization, Repository, RunAttempt } from "./model.ts";
import type { VaultSecret } from "./vault.ts";

/** Values by name. */
export type Secrets = ReadonlyMap<string, string>;

/**
 * What jobs read: of a repository and its organization, the secrets as they were when the run was queued; of an environment,
 * as they were when the job started.
 */
export class RunSecrets {
  readonly #queued = new WeakMap<RunAttempt, Secrets>();
  readonly #started = new WeakMap<Job, Secrets>();

  queue(github: GitHubState, repository: Repository, attempt: RunAttempt): void {
    const shared = organizationSecrets(github, repository);
    const own = repository.vaults.actions.list();
    this.#queued.set(attempt, valuesOf([...shared, ...own]));
  }

  start(job: Job, { vault }: Environment): void {
    this.#started.set(job, valuesOf(vault.list()));
  }

  /** An environment's secret goes before a repository's, and that before an organization's. */
  of(attempt: RunAttempt, job: Job): Secrets {
    return new Map([...(this.#queued.get(attempt) ?? []), ...(this.#started.get(job) ?? [])]);
  }
}

function valuesOf(secrets: readonly VaultSecret[]): Secrets {
  return new Map(secrets.map(({ name, value }) => [name, value]));
}

/** GitHub Free gives private repositories none. */
function organizationSecrets(github: GitHubState, repository: Repository): readonly VaultSecret[] {
  const organization = github.organizations.get(repository.owner.login.toLowerCase());
  const isPublic = repository.visibility === "public";
  if (organization === undefined || (repository.plan === "free" && !isPublic)) return [];
  return sharedWith(organization, repository);
}

function sharedWith({ vaults }: Organization, { id, visibility }: Repository): readonly VaultSecret[] {
  return vaults.actions.list().filter(({ access }) => {
    switch (access?.visibility) {
      case "all":
        return true;
      case "selected":
        return access.repositoryIds.includes(id);
      case "private":
      case undefined:
        return visibility !== "public";
    }
  });
}
