import { SealringError } from "../../errors.ts";
import type { StoreTarget } from "../../github.ts";
import type { Commit } from "./git/commits.ts";
import { readCommit } from "./git/commits.ts";
import { findEntry, walkTree } from "./git/trees.ts";
import type { GitHubState, Repository } from "./model.ts";
import type { Vault } from "./vault.ts";

/** A commit with its id. */
export interface CommitRecord extends Commit {
  readonly id: string;
}

/** The repository of this name; throws `usage` when the sandbox has none. */
export function repositoryNamed(github: GitHubState, fullName: string): Repository {
  return found(github.repositories.get(fullName.toLowerCase()), fullName);
}

/** The vault of a store; throws `usage` when the sandbox has no such place. */
export function vaultOf(github: GitHubState, target: StoreTarget): Vault {
  switch (target.kind) {
    case "environment": {
      const { environments } = repositoryNamed(github, target.repository);
      return found(environments.get(target.environment.toLowerCase()), target.environment).vault;
    }
    case "repository":
      return repositoryNamed(github, target.repository).vaults[target.app];
    case "organization":
      return found(github.organizations.get(target.organization.toLowerCase()), target.organization).vaults[
        target.app
      ];
  }
}

/** The commits of a branch, newest first, along first parents; none when there is no such branch. */
export function commitsOf({ refs, objects }: Repository, branch: string): readonly CommitRecord[] {
  const commits: CommitRecord[] = [];
  let id = refs.get(`refs/heads/${branch}`);
  while (id !== undefined) {
    const commit: Commit | undefined = readCommit(objects, id);
    if (commit !== undefined) commits.push({ id, ...commit });
    id = commit?.parents[0];
  }
  return commits;
}

/** The text of every file of a commit, by path. */
export function filesOf({ objects }: Repository, commit: string): ReadonlyMap<string, string> {
  const tree = readCommit(objects, commit)?.tree;
  const entries = tree === undefined ? [] : walkTree(objects, tree);
  return new Map(
    entries.flatMap(({ name, id }) => {
      const bytes = objects.read("blob", id);
      return bytes === undefined ? [] : [[name, Buffer.from(bytes).toString("utf8")] as const];
    }),
  );
}

/** The text of a file at the head of a branch; undefined when there is none. */
export function fileAt({ refs, objects }: Repository, branch: string, path: string): string | undefined {
  const commit = readCommit(objects, refs.get(`refs/heads/${branch}`) ?? "");
  const entry = commit === undefined ? undefined : findEntry(objects, commit.tree, path);
  const bytes = entry === undefined ? undefined : objects.read("blob", entry.id);
  return bytes === undefined ? undefined : Buffer.from(bytes).toString("utf8");
}

function found<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new SealringError("usage", `the sandbox has no ${name}`);
  return thing;
}
