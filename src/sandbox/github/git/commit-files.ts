import type { Repository } from "../model.ts";
import { readCommit, writeCommit } from "./commits.ts";
import { changeTree } from "./trees.ts";
import type { TreeChange } from "./trees.ts";

/** A commit as a person makes one. */
export interface FilesCommit {
  readonly branch: string;
  /** Texts by path; undefined removes the file. */
  readonly files: Readonly<Record<string, string | undefined>>;
  readonly message: string;
  readonly at: Date;
}

/** Commits files on top of a branch, which begins where there is none, and returns the commit's id. */
export function commitFiles(repository: Repository, { branch, files, message, at }: FilesCommit): string {
  const { objects, refs, owner } = repository;
  const ref = `refs/heads/${branch}`;
  const parent = refs.get(ref);
  const changes = Object.entries(files).map(([path, text]): TreeChange => {
    if (text === undefined) return { kind: "remove", path };
    return { kind: "set", path, mode: "100644", id: objects.write("blob", Buffer.from(text)) };
  });
  const tree = changeTree(
    objects,
    parent === undefined ? undefined : readCommit(objects, parent)?.tree,
    changes,
  );
  const author = { name: owner.login, email: `${owner.login}@users.noreply.github.com`, at };
  const parents = parent === undefined ? [] : [parent];
  const commit = writeCommit(objects, { tree, parents, author, committer: author, message });
  refs.set(ref, commit);
  return commit;
}
