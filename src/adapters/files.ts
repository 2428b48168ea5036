import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { FileOutcome, Files } from "../ports.ts";

/** Opening a pipe must not wait for its writer. */
const READ_ONLY = constants.O_RDONLY | constants.O_NONBLOCK;

/** The tree under a directory of this machine. */
export class DirectoryFiles implements Files {
  readonly #directory: string;
  /** What has been resolved of the tree's directories: most files share one. */
  readonly #real = new Map<string, string>();

  constructor(directory: string) {
    this.#directory = resolve(directory);
  }

  read(path: string, maxBytes: number): FileOutcome {
    try {
      const absolute = resolve(this.#directory, path);
      const real = join(this.#resolved(dirname(absolute)), basename(absolute));
      if (this.#leaves(real) && this.#leaves(realpathSync.native(absolute))) return { kind: "outside" };
      return this.#open(real, maxBytes);
    } catch (error) {
      return { kind: isMissing(error) ? "missing" : "unreadable" };
    }
  }

  list(directory: string): readonly string[] {
    try {
      const real = realpathSync.native(resolve(this.#directory, directory));
      return this.#leaves(real) ? [] : readdirSync(real).sort();
    } catch {
      return [];
    }
  }

  /** A link is not followed before it is known where to. */
  #open(path: string, maxBytes: number): FileOutcome {
    try {
      return readRegularFile(openSync(path, READ_ONLY | constants.O_NOFOLLOW), maxBytes);
    } catch (error) {
      if (codeOf(error) !== "ELOOP") throw error;
      const target = realpathSync.native(path);
      return this.#leaves(target)
        ? { kind: "outside" }
        : readRegularFile(openSync(target, READ_ONLY), maxBytes);
    }
  }

  #leaves(real: string): boolean {
    const way = relative(this.#resolved(this.#directory), real);
    return way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way);
  }

  #resolved(directory: string): string {
    const known = this.#real.get(directory) ?? realpathSync.native(directory);
    this.#real.set(directory, known);
    return known;
  }
}

function readRegularFile(descriptor: number, maxBytes: number): FileOutcome {
  try {
    const status = fstatSync(descriptor);
    if (status.isDirectory()) return { kind: "directory" };
    if (!status.isFile()) return { kind: "unreadable" };
    if (status.size > maxBytes) return { kind: "too_large" };
    return readAll(descriptor, { size: status.size, maxBytes });
  } finally {
    closeSync(descriptor);
  }
}

/** One byte more than there should be is asked for, so that one read tells the end; the size may be wrong by now. */
function readAll(
  descriptor: number,
  bounds: { readonly size: number; readonly maxBytes: number },
): FileOutcome {
  const buffer = Buffer.allocUnsafe(bounds.size + 1);
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, buffer, length, buffer.length - length, null);
    length += count;
    if (length > bounds.maxBytes) return { kind: "too_large" };
    if (count === 0 || length === bounds.size) return { kind: "bytes", bytes: buffer.subarray(0, length) };
    if (length === buffer.length) return { kind: "unreadable" };
  }
}

function isMissing(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
