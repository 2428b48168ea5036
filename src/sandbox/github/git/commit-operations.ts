import { fullName } from "../model.ts";
import type { Repository } from "../model.ts";
import type { Answer, Call, Operation } from "../operation.ts";
import { missingField, nodeId, notFound, problem, stringField, timestamp } from "../operation.ts";
import { reads, writes } from "../permissions.ts";
import type { Commit, Signature } from "./commits.ts";
import { readCommit, writeCommit } from "./commits.ts";

const PATH = "/repos/:owner/:repo/git/commits";

function create(call: Call, repository: Repository): Answer {
  const message = stringField(call, "message");
  const tree = stringField(call, "tree");
  if (message === undefined) return missingField("message");
  if (tree === undefined) return missingField("tree");
  if (repository.objects.typeOf(tree) !== "tree") return problem(422, "Tree SHA does not exist");
  const parents = readParents(call);
  if (!parents.every((parent) => repository.objects.typeOf(parent) === "commit")) {
    return problem(422, "Parent SHA does not exist or is not a commit object");
  }
  const author = readSignature(call, call.body["author"], tokenSignature(call));
  const committer = readSignature(call, call.body["committer"], author);
  const sha = writeCommit(repository.objects, { tree, parents, author, committer, message });
  const body = commitView(call, repository, { sha, tree, parents, author, committer, message });
  return { status: 201, headers: { location: gitUrl(call, repository, `commits/${sha}`) }, body };
}

function readParents(call: Call): readonly string[] {
  const parents = call.body["parents"];
  return Array.isArray(parents) ? parents.map(String) : [];
}

function tokenSignature(call: Call): Signature {
  const login = call.credentials.kind === "token" ? call.credentials.token.login : "ghost";
  return { name: login, email: `${login}@users.noreply.github.com`, at: call.now };
}

function readSignature(call: Call, given: unknown, otherwise: Signature): Signature {
  if (typeof given !== "object" || given === null) return otherwise;
  const { name, email, date } = given as Record<string, unknown>;
  return {
    name: typeof name === "string" ? name : otherwise.name,
    email: typeof email === "string" ? email : otherwise.email,
    at: typeof date === "string" ? new Date(date) : call.now,
  };
}

function get(call: Call, repository: Repository): Answer {
  const sha = call.parameters["commit_sha"] ?? "";
  const commit = readCommit(repository.objects, sha);
  return commit === undefined
    ? notFound()
    : { status: 200, body: commitView(call, repository, { sha, ...commit }) };
}

/** A commit as the Git Data API shows it. */
export function commitView(
  call: Call,
  repository: Repository,
  commit: Commit & { readonly sha: string },
): Record<string, unknown> {
  const html = `https://github.com/${fullName(repository)}/commit`;
  return {
    sha: commit.sha,
    node_id: nodeId("Commit", commit.sha),
    url: gitUrl(call, repository, `commits/${commit.sha}`),
    html_url: `${html}/${commit.sha}`,
    author: signatureView(commit.author),
    committer: signatureView(commit.committer),
    tree: { sha: commit.tree, url: gitUrl(call, repository, `trees/${commit.tree}`) },
    message: commit.message,
    parents: commit.parents.map((sha) => {
      return { sha, url: gitUrl(call, repository, `commits/${sha}`), html_url: `${html}/${sha}` };
    }),
    verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null },
  };
}

function signatureView({ name, email, at }: Signature): Record<string, unknown> {
  return { name, email, date: timestamp(at) };
}

function gitUrl(call: Call, repository: Repository, path: string): string {
  return `${call.apiUrl}/repos/${fullName(repository)}/git/${path}`;
}

export const COMMITS: readonly Operation[] = [
  {
    kind: "repository",
    id: "git/create-commit",
    method: "POST",
    path: PATH,
    permission: writes("contents"),
    handle: create,
  },
  {
    kind: "repository",
    id: "git/get-commit",
    method: "GET",
    path: `${PATH}/:commit_sha`,
    permission: reads("contents"),
    handle: get,
  },
];
