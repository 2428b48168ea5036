import { commitsOf } from "../inspect.ts";
import type { CommitRecord } from "../inspect.ts";
import { fullName } from "../model.ts";
import type { Repository } from "../model.ts";
import type { Answer, Call, Operation } from "../operation.ts";
import { nodeId, notFound, problem } from "../operation.ts";
import { pageOf } from "../pages.ts";
import { reads } from "../permissions.ts";
import { commitView } from "./commit-operations.ts";
import { readCommit } from "./commits.ts";
import { findEntry } from "./trees.ts";

function list(call: Call, repository: Repository): Answer {
  if (repository.refs.size === 0) return problem(409, "Git Repository is empty.");
  const branch = call.query.get("sha") ?? repository.defaultBranch;
  if (!repository.refs.has(`refs/heads/${branch}`)) return notFound();
  const path = call.query.get("path");
  const commits = commitsOf(repository, branch).filter(
    (commit) => path === null || changes(repository, commit, path),
  );
  const { items, headers } = pageOf(call, commits);
  return { status: 200, headers, body: items.map((commit) => view(call, repository, commit)) };
}

/** Whether a commit's file is another than its parent's. */
function changes({ objects }: Repository, { tree, parents }: CommitRecord, path: string): boolean {
  const before = readCommit(objects, parents[0] ?? "")?.tree;
  const idIn = (root: string | undefined) => root && findEntry(objects, root, path)?.id;
  return idIn(tree) !== idIn(before);
}

function view(call: Call, repository: Repository, { id, ...commit }: CommitRecord): Record<string, unknown> {
  const { html_url, parents, ...git } = commitView(call, repository, { sha: id, ...commit });
  const url = `${call.apiUrl}/repos/${fullName(repository)}/commits/${id}`;
  return {
    sha: id,
    node_id: nodeId("Commit", id),
    url,
    html_url,
    comments_url: `${url}/comments`,
    commit: { ...git, comment_count: 0 },
    // Of accounts that the sandbox does not have: GitHub gives null for an address that it does not know.
    author: null,
    committer: null,
    parents,
  };
}

export const HISTORY: readonly Operation[] = [
  {
    kind: "repository",
    id: "repos/list-commits",
    method: "GET",
    path: "/repos/:owner/:repo/commits",
    permission: reads("contents"),
    handle: list,
  },
];
