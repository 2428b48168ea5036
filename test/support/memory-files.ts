import type { FileOutcome, Files } from "../../src/ports.ts";

/** A tree of files in memory: text or bytes by path, or the kind of outcome that reading comes to. */
export type Tree = Readonly<Record<string, string | Uint8Array>>;

const OUTCOMES: readonly string[] = ["missing", "directory", "outside", "too_large", "unreadable"];

function isOutcome(entry: string | Uint8Array): entry is Exclude<FileOutcome["kind"], "bytes"> {
  return typeof entry === "string" && OUTCOMES.includes(entry);
}

export function memoryFiles(tree: Tree): Files {
  return {
    read(path, maxBytes): FileOutcome {
      const entry = Object.hasOwn(tree, path) ? tree[path] : undefined;
      if (entry === undefined) return { kind: "missing" };
      if (isOutcome(entry)) return { kind: entry };
      const bytes = typeof entry === "string" ? new TextEncoder().encode(entry) : entry;
      return bytes.length > maxBytes ? { kind: "too_large" } : { kind: "bytes", bytes };
    },
    list(directory): readonly string[] {
      const prefix = directory === "." ? "" : `${directory}/`;
      const names = Object.keys(tree).filter((path) => path.startsWith(prefix));
      return [...new Set(names.map((path) => path.slice(prefix.length).split("/")[0] ?? ""))].sort();
    },
    isLinked: () => false,
  };
}
