import { createHash } from "node:crypto";
import type { JournalChange, JournalSnapshot } from "../../github.ts";

/** The id that git gives to a text (gitformat-object): so a won swap needs no read, which GitHub may serve stale. */
export function blobIdOf(text: string): string {
  const bytes = Buffer.from(text, "utf8");
  return createHash("sha1")
    .update(`blob ${String(bytes.length)}\0`)
    .update(bytes)
    .digest("hex");
}

export interface TreeEntry {
  readonly path: string;
  readonly mode: "100644";
  readonly type: "blob";
  readonly content?: string;
  /** null: the path goes. */
  readonly sha?: null;
}

/** The entries that make a snapshot's tree the changed one. What is to go and is not there is left out: GitHub refuses it. */
export function treeEntries(from: JournalSnapshot, change: JournalChange): readonly TreeEntry[] {
  return [...change.files].flatMap(([path, content]): TreeEntry[] => {
    const entry = { path, mode: "100644", type: "blob" } as const;
    if (content !== undefined) return [{ ...entry, content }];
    return from.files.has(path) ? [{ ...entry, sha: null }] : [];
  });
}

/** The files of a snapshot after the change. */
export function filesAfter(from: JournalSnapshot, change: JournalChange): ReadonlyMap<string, string> {
  const files = new Map(from.files);
  for (const [path, content] of change.files) {
    if (content === undefined) files.delete(path);
    else files.set(path, blobIdOf(content));
  }
  return files;
}

/** Whether a branch may have this name: git-check-ref-format's rules, in the characters that need no quoting. */
export function isBranchName(name: string): boolean {
  return (
    name.length <= 200 &&
    /^[A-Za-z0-9_-][A-Za-z0-9_.-]*(\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$/.test(name) &&
    !/\.\.|\.(\/|$)|\.lock(\/|$)|^-/.test(name)
  );
}
