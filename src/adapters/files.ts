import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
} from "node:fs";
import { isAbsolute, posix, relative, resolve, sep } from "node:path";
import type { FileOutcome, Files } from "../ports.ts";

/** Opening a pipe must not wait for its writer. */
const READ_ONLY = constants.O_RDONLY | constants.O_NONBLOCK;

/** The tree under a directory of this machine. */
export class DirectoryFiles implements Files {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = resolve(directory);
  }

  read(path: string, maxBytes: number): FileOutcome {
    try {
      const name = posix.basename(path);
      // `..` names a folder, though it is the last part.
      const folder = this.#folder(name === ".." ? path : posix.dirname(path));
      return folder === undefined ? { kind: "outside" } : this.#open(`${folder}${sep}${name}`, maxBytes);
    } catch (error) {
      return { kind: ["ENOENT", "ENOTDIR"].includes(codeOf(error)) ? "missing" : "unreadable" };
    }
  }

  list(directory: string): readonly string[] {
    try {
      const folder = this.#folder(directory);
      return folder === undefined ? [] : readdirSync(folder).sort();
    } catch {
      return [];
    }
  }

  isLinked(path: string): boolean {
    const parts = path.split("/");
    return parts.some((_, index) => {
      const place = resolve(this.#directory, ...parts.slice(0, index + 1));
      return lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() === true;
    });
  }

  /** A link is not followed before it is known where to. */
  #open(path: string, maxBytes: number): FileOutcome {
    try {
      return readRegularFile(openSync(path, READ_ONLY | constants.O_NOFOLLOW), maxBytes);
    } catch (error) {
      if (codeOf(error) !== "ELOOP") throw error;
    }
    const target = this.#inside(realpathSync.native(path));
    return target === undefined
      ? { kind: "outside" }
      : readRegularFile(openSync(target, READ_ONLY), maxBytes);
  }

  /** Where a folder of the tree really is now: a checkout of another branch can make a link of it. undefined: outside. */
  #folder(path: string): string | undefined {
    return this.#inside(realpathSync.native(resolve(this.#directory, path)));
  }

  #inside(real: string): string | undefined {
    const way = relative(realpathSync.native(this.#directory), real);
    const parts = way.split(sep);
    // What git keeps there is not of the tree, and may hold a token. Some disks do not tell `.GIT` from it.
    const isKept = parts[0] !== ".." && parts.every((part) => part.toLowerCase() !== ".git");
    return isKept && !isAbsolute(way) ? real : undefined;
  }
}

function readRegularFile(descriptor: number, maxBytes: number): FileOutcome {
  try {
    const status = fstatSync(descriptor);
    if (status.isDirectory()) return { kind: "directory" };
    if (!status.isFile()) return { kind: "unreadable" };
    if (status.size > maxBytes) return { kind: "too_large" };
    return readAll(descriptor, status.size);
  } finally {
    closeSync(descriptor);
  }
}

/** A file that is not as long as it said is being written: it is not read half. */
function readAll(descriptor: number, size: number): FileOutcome {
  const buffer = Buffer.allocUnsafe(size + 1);
  const length = readSync(descriptor, buffer, 0, size + 1, 0);
  return length === size ? { kind: "bytes", bytes: buffer.subarray(0, size) } : { kind: "unreadable" };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
