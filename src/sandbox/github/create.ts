import { SealringError } from "../../errors.ts";
import type { SecretApp } from "../../github.ts";
import { commitFiles } from "./git/commit-files.ts";
import { ObjectDatabase } from "./git/objects.ts";
import type { Account, GitHubState, Organization, Repository } from "./model.ts";
import { SECRETS_PER_ORGANIZATION, SECRETS_PER_REPOSITORY } from "./model.ts";
import { Vault } from "./vault.ts";

const DEFAULT_BRANCH = "main";
const WORKFLOW_PATH = ".github/workflows/sealring.yml";

/** A private repository with one commit on `main` and sealring's workflow. */
export function addRepository(github: GitHubState, fullName: string, at: Date): Repository {
  const [login, name] = fullName.split("/");
  if (login === undefined || name === undefined) {
    throw new SealringError("usage", `a repository is named owner/name, not ${fullName}`);
  }
  const repository: Repository = {
    id: github.newId(),
    owner: ownerNamed(github, login),
    name,
    createdAt: at,
    vaults: newVaults(github, SECRETS_PER_REPOSITORY),
    environments: new Map(),
    objects: new ObjectDatabase(),
    refs: new Map(),
    workflows: [
      {
        ...{ id: github.newId(), name: "sealring", path: WORKFLOW_PATH },
        ...{ createdAt: at, state: "active" },
      },
    ],
    runs: new Map(),
    issues: [],
    hasIssues: true,
    ...{ defaultBranch: DEFAULT_BRANCH, visibility: "private", archived: false, plan: "team" },
  };
  const files = { "README.md": `# ${name}\n` };
  commitFiles(repository, { branch: DEFAULT_BRANCH, files, message: "Initial commit", at });
  github.repositories.set(fullName.toLowerCase(), repository);
  return repository;
}

function ownerNamed(github: GitHubState, login: string): Account {
  const organization = github.organizations.get(login.toLowerCase());
  return organization?.account ?? { id: github.newId(), login, type: "User" };
}

/** An organization with no secrets. Its repositories are added after it. */
export function addOrganization(github: GitHubState, login: string): Organization {
  const account: Account = { id: github.newId(), login, type: "Organization" };
  const organization = { account, vaults: newVaults(github, SECRETS_PER_ORGANIZATION) };
  github.organizations.set(login.toLowerCase(), organization);
  return organization;
}

function newVaults(github: GitHubState, capacity: number): Record<SecretApp, Vault> {
  return {
    actions: new Vault(github.randomBytes, capacity),
    dependabot: new Vault(github.randomBytes, capacity),
    codespaces: new Vault(github.randomBytes, capacity),
  };
}
