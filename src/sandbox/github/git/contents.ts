import { fullName } from "../model.ts";
import type { Repository } from "../model.ts";
import type { Answer, Call, Operation } from "../operation.ts";
import { notFound, problem } from "../operation.ts";
import { reads } from "../permissions.ts";
import { wrapped } from "./blob-operations.ts";
import { readCommit } from "./commits.ts";
import type { TreeEntry } from "./trees.ts";
import { findEntry, readTree, typeOfMode } from "./trees.ts";

const MEBIBYTE = 1024 * 1024;
/** Above it the JSON comes without the content. */
const LARGEST_INLINE_BYTES = MEBIBYTE;
const LARGEST_BYTES = 100 * MEBIBYTE;

/** What is at a path of a commit. */
interface Found {
  readonly ref: string;
  readonly path: string;
  readonly entry: TreeEntry;
}

function get(call: Call, repository: Repository): Answer {
  const ref = call.query.get("ref") ?? repository.defaultBranch;
  const path = call.parameters["path"] ?? "";
  const tree = readCommit(repository.objects, commitOf(repository, ref))?.tree;
  if (tree === undefined) return problem(404, `No commit found for the ref ${ref}`);
  const entry = findEntry(repository.objects, tree, path);
  if (entry === undefined) return notFound();
  const found = { ref, path, entry };
  return typeOfMode(entry.mode) === "tree"
    ? directory(call, repository, found)
    : file(call, repository, found);
}

/** A ref is a branch, a tag, a whole ref or a commit. */
function commitOf({ refs }: Repository, ref: string): string {
  return refs.get(`refs/heads/${ref}`) ?? refs.get(`refs/tags/${ref}`) ?? refs.get(ref) ?? ref;
}

function directory(call: Call, repository: Repository, { ref, path, entry }: Found): Answer {
  const entries = readTree(repository.objects, entry.id).map((each) =>
    view(call, repository, { ref, path: `${path}/${each.name}`, entry: each }),
  );
  return { status: 200, body: entries };
}

function file(call: Call, repository: Repository, found: Found): Answer {
  const bytes = repository.objects.read("blob", found.entry.id);
  if (bytes === undefined) return notFound();
  if (bytes.length > LARGEST_BYTES) return problem(403, "The file is too large: it is over 100 MB.");
  if (/\bvnd\.github(\.v3)?\.raw\b/.test(call.accept)) return { status: 200, body: bytes };
  const body = { ...view(call, repository, found), ...contentOf(bytes) };
  return { status: 200, body };
}

function contentOf(bytes: Uint8Array): object {
  return bytes.length > LARGEST_INLINE_BYTES
    ? { encoding: "none", content: "" }
    : { encoding: "base64", content: wrapped(Buffer.from(bytes).toString("base64")) };
}

function view(call: Call, repository: Repository, { ref, path, entry }: Found): Record<string, unknown> {
  const name = fullName(repository);
  const type = typeOfMode(entry.mode);
  const url = `${call.apiUrl}/repos/${name}/contents/${path}?ref=${ref}`;
  const git = `${call.apiUrl}/repos/${name}/git/${type}s/${entry.id}`;
  const html = `https://github.com/${name}/${type}/${ref}/${path}`;
  return {
    type: type === "tree" ? "dir" : "file",
    name: entry.name,
    path,
    sha: entry.id,
    size: repository.objects.read("blob", entry.id)?.length ?? 0,
    url,
    git_url: git,
    html_url: html,
    download_url: type === "tree" ? null : `https://raw.githubusercontent.com/${name}/${ref}/${path}`,
    _links: { self: url, git, html },
  };
}

/** Files and directories at a ref, the default branch's head where none is named. */
export const CONTENTS: readonly Operation[] = [
  {
    kind: "repository",
    id: "repos/get-content",
    method: "GET",
    path: "/repos/:owner/:repo/contents/:path{.+}",
    permission: reads("contents"),
    handle: get,
  },
];
