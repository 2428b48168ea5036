import { fullName } from "../model.ts";
import type { Repository } from "../model.ts";
import type { Answer, Call, Operation } from "../operation.ts";
import { notFound, problem, stringField } from "../operation.ts";
import { reads, writes } from "../permissions.ts";
import { readCommit } from "./commits.ts";
import type { TreeChange, TreeEntry } from "./trees.ts";
import { changeTree, findEntry, readTree, typeOfMode, walkTree } from "./trees.ts";

const PATH = "/repos/:owner/:repo/git/trees";
const MODES = ["100644", "100755", "040000", "160000", "120000"];

function create(call: Call, repository: Repository): Answer {
  const wanted = call.body["tree"];
  const base = stringField(call, "base_tree");
  if (!Array.isArray(wanted) || wanted.length === 0) return problem(422, "Invalid tree info");
  if (base !== undefined && repository.objects.typeOf(base) !== "tree") {
    return problem(422, "base_tree is not a valid tree oid");
  }
  const changes: TreeChange[] = [];
  for (const item of wanted as Record<string, unknown>[]) {
    const change = readChange(repository, item, base);
    if ("status" in change) return change;
    changes.push(change);
  }
  const sha = changeTree(repository.objects, base, changes);
  return {
    status: 201,
    headers: { location: treeUrl(call, repository, sha) },
    body: view(call, repository, sha),
  };
}

function readChange(
  repository: Repository,
  item: Readonly<Record<string, unknown>>,
  base: string | undefined,
): TreeChange | Answer {
  const { path, mode, sha, content } = item;
  if (
    typeof path !== "string" ||
    path === "" ||
    path.split("/").some((name) => ["", ".", "..", ".git"].includes(name))
  ) {
    return problem(422, "tree.path contains a malformed path component");
  }
  if (sha === null) {
    const known = base !== undefined && findEntry(repository.objects, base, path) !== undefined;
    return known ? { kind: "remove", path } : problem(422, "GitRPC::BadObjectState");
  }
  if (typeof mode !== "string" || !MODES.includes(mode)) return problem(422, "Must supply a valid tree.mode");
  if ((sha === undefined) === (content === undefined))
    return problem(422, "Must supply either tree.sha or tree.content.");
  if (typeof content === "string") {
    return { kind: "set", path, mode, id: repository.objects.write("blob", Buffer.from(content)) };
  }
  if (typeof sha !== "string" || repository.objects.typeOf(sha) !== typeOfMode(mode)) {
    return problem(422, `tree.sha is not a valid ${typeOfMode(mode)}`);
  }
  return { kind: "set", path, mode, id: sha };
}

function get(call: Call, repository: Repository): Answer {
  const tree = resolveTree(repository, call.parameters["tree_sha"] ?? "");
  return tree === undefined ? notFound() : { status: 200, body: view(call, repository, tree) };
}

/** A tree's id, a commit's, or a branch's name. */
function resolveTree(repository: Repository, name: string): string | undefined {
  const id = repository.refs.get(`refs/heads/${name}`) ?? name;
  if (repository.objects.typeOf(id) === "tree") return id;
  return readCommit(repository.objects, id)?.tree;
}

function view(call: Call, repository: Repository, sha: string): Record<string, unknown> {
  const entries = call.query.has("recursive")
    ? walkTree(repository.objects, sha)
    : readTree(repository.objects, sha);
  const tree = entries.map((entry) => entryView(call, repository, entry));
  return { sha, url: treeUrl(call, repository, sha), tree, truncated: false };
}

function entryView(
  call: Call,
  repository: Repository,
  { name, mode, id }: TreeEntry,
): Record<string, unknown> {
  const type = typeOfMode(mode);
  const blob = repository.objects.read("blob", id);
  return {
    path: name,
    mode,
    type,
    sha: id,
    ...(blob === undefined ? {} : { size: blob.length }),
    url: `${call.apiUrl}/repos/${fullName(repository)}/git/${type}s/${id}`,
  };
}

function treeUrl(call: Call, repository: Repository, sha: string): string {
  return `${call.apiUrl}/repos/${fullName(repository)}/git/trees/${sha}`;
}

export const TREES: readonly Operation[] = [
  {
    kind: "repository",
    id: "git/create-tree",
    method: "POST",
    path: PATH,
    permission: writes("contents"),
    handle: create,
  },
  {
    kind: "repository",
    id: "git/get-tree",
    method: "GET",
    path: `${PATH}/:tree_sha{.+}`,
    permission: reads("contents"),
    handle: get,
  },
];
