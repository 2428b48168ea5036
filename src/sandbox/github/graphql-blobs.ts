import { readCommit } from "./git/commits.ts";
import type { ObjectDatabase } from "./git/objects.ts";
import { findEntry } from "./git/trees.ts";
import type { Repository } from "./model.ts";
import type { Answer } from "./operation.ts";

const QUERY = /^\s*query\b[^{]*\{\s*repository\s*\(\s*owner:\s*"([^"]+)",\s*name:\s*"([^"]+)"\s*\)\s*\{/;
/** By its id, or as `<commit>:<path>`. */
const BLOB =
  /(\w+):\s*object\s*\(\s*(?:oid:\s*"([0-9a-f]{40})"|expression:\s*"([0-9a-f]{40}):([^"\\]+)")\s*\)\s*\{\s*\.\.\. on Blob \{ text isTruncated \}/g;

/** As GraphQL gives a text: what is longer comes cut. */
const MOST_CHARACTERS = 512_000;

/** Which repository a query of blobs is about, owner/name; undefined: it is another query. */
export function repositoryOfBlobs(query: string): string | undefined {
  const [, owner, name] = QUERY.exec(query) ?? [];
  return owner === undefined || name === undefined ? undefined : `${owner}/${name}`;
}

/** The texts of a repository's blobs, by the query's own names for them; null for what is not there. */
export function answerBlobs({ objects }: Repository, query: string): Answer {
  const blobs = [...query.matchAll(BLOB)].map(([, alias = "", oid, commit = "", path = ""]) => {
    const bytes = objects.read("blob", oid ?? blobAt(objects, commit, path));
    if (bytes === undefined) return [alias, null];
    const text = Buffer.from(bytes).toString("utf8");
    return [alias, { text: text.slice(0, MOST_CHARACTERS), isTruncated: text.length > MOST_CHARACTERS }];
  });
  return { status: 200, body: { data: { repository: Object.fromEntries(blobs) as object } } };
}

/** The id of a file's blob; "" where the commit, or the file in it, is not there. */
function blobAt(objects: ObjectDatabase, commit: string, path: string): string {
  const tree = readCommit(objects, commit)?.tree;
  return (tree === undefined ? undefined : findEntry(objects, tree, path))?.id ?? "";
}
