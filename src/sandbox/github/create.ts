import { SealringError } from "../../errors.ts";
import type { SecretApp } from "../../github.ts";
import { writeCommit } from "./git/commits.ts";
import { ObjectDatabase } from "./git/objects.ts";
import { changeTree } from "./git/trees.ts";
import type { Account, GitHubState, Organization, Repository } from "./model.ts";
import { SECRETS_PER_ORGANIZATION, SECRETS_PER_REPOSITORY } from "./model.ts";
import type { Permissions, Token } from "./permissions.ts";
import { Vault } from "./vault.ts";

const DEFAULT_BRANCH = "main";
const WORKFLOW_PATH = ".github/workflows/sealring.yml";
const TOKEN_BYTES = 20;

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
    defaultBranch: DEFAULT_BRANCH,
    createdAt: at,
    vaults: newVaults(github, SECRETS_PER_REPOSITORY),
    environments: new Map(),
    objects: new ObjectDatabase(),
    refs: new Map(),
    workflows: [
      { id: github.newId(), name: "sealring", path: WORKFLOW_PATH, createdAt: at, state: "active" },
    ],
    runs: new Map(),
    issues: [],
    hasIssues: true,
  };
  repository.refs.set(`refs/heads/${DEFAULT_BRANCH}`, firstCommit(repository));
  github.repositories.set(fullName.toLowerCase(), repository);
  return repository;
}

function ownerNamed(github: GitHubState, login: string): Account {
  const organization = github.organizations.get(login.toLowerCase());
  return organization?.account ?? { id: github.newId(), login, type: "User" };
}

function firstCommit({ objects, name, owner, createdAt }: Repository): string {
  const id = objects.write("blob", Buffer.from(`# ${name}\n`));
  const tree = changeTree(objects, undefined, [{ kind: "set", path: "README.md", mode: "100644", id }]);
  const author = { name: owner.login, email: `${owner.login}@users.noreply.github.com`, at: createdAt };
  return writeCommit(objects, { tree, parents: [], author, committer: author, message: "Initial commit" });
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

/** What a token is to be. */
export interface TokenRequest {
  readonly kind: Token["kind"];
  readonly login: string;
  readonly permissions: Permissions;
  /** owner/name. */
  readonly repositories: "all" | readonly string[];
  /** Where not given, the token never expires. */
  readonly expiresAt?: Date;
}

/** A token that the API accepts, with a prefix that no real one has. */
export function addToken(
  github: GitHubState,
  { kind, login, permissions, repositories, expiresAt }: TokenRequest,
): Token {
  const value = `sandbox_${kind}_${Buffer.from(github.randomBytes(TOKEN_BYTES)).toString("hex")}`;
  const seen = repositories === "all" ? repositories : repositories.map((each) => each.toLowerCase());
  const token: Token = {
    value,
    kind,
    login,
    userId: github.newId(),
    permissions,
    repositories: seen,
    expiresAt,
  };
  github.tokens.set(value, token);
  return token;
}
