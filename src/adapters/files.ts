import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, realpathSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { FileOutcome, Files } from "../ports.ts";

/** Opening a pipe must not wait for its writer. */
const READ_ONLY = constants.O_RDONLY | constants.O_NONBLOCK;

/** The tree under a directory of this machine. */
export class DirectoryFiles implements Files {
  readonly #directory: string;
  #root: string | undefined;

  constructor(directory: string) {
    this.#directory = directory;
  }

  read(path: string, maxBytes: number): FileOutcome {
    try {
      const real = this.#inTree(path);
      return real === undefined ? { kind: "outside" } : readRegularFile(real, maxBytes);
    } catch (error) {
      return { kind: isMissing(error) ? "missing" : "unreadable" };
    }
  }

  list(directory: string): readonly string[] {
    try {
      const real = this.#inTree(directory);
      return real === undefined ? [] : readdirSync(real).sort();
    } catch {
      return [];
    }
  }

  #inTree(path: string): string | undefined {
    const root = (this.#root ??= realpathSync.native(this.#directory));
    const absolute = resolve(root, path);
    if (leaves(root, absolute)) return undefined;
    const real = realpathSync.native(absolute);
    return leaves(root, real) ? undefined : real;
  }
}

function leaves(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === ".." || way.startsWith(join("..", sep)) || isAbsolute(way);
}

function readRegularFile(path: string, maxBytes: number): FileOutcome {
  const descriptor = openSync(path, READ_ONLY);
  try {
    const status = fstatSync(descriptor);
    if (status.isDirectory()) return { kind: "directory" };
    if (!status.isFile()) return { kind: "unreadable" };
    if (status.size > maxBytes) return { kind: "too_large" };
    return readBounded(descriptor, maxBytes);
  } finally {
    closeSync(descriptor);
  }
}

/** The size that was told may be wrong by now: one byte more than is allowed tells. */
function readBounded(descriptor: number, maxBytes: number): FileOutcome {
  const buffer = Buffer.allocUnsafe(Math.min(maxBytes + 1, fstatSync(descriptor).size + 1));
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, buffer, length, buffer.length - length, null);
    length += count;
    if (length > maxBytes) return { kind: "too_large" };
    if (count === 0 || length === buffer.length) return { kind: "bytes", bytes: buffer.subarray(0, length) };
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR";
}
