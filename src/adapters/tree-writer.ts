import { mkdir, open, realpath, rename, rm } from "node:fs/promises";
import { isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import { SealringError } from "../errors.ts";
import type { TreeWriter } from "../ports.ts";

/** Beside the file until it is whole. */
const UNFINISHED = ".sealring-unfinished";

/** Writes into the tree under a directory of this machine. No link is followed out of it. */
export function createTreeWriter(directory: string): TreeWriter {
  const root = resolve(directory);
  return {
    write: (path, bytes) =>
      translated(path, async () => {
        const file = join(await folderOf(root, path, "make"), posix.basename(path));
        await rm(file + UNFINISHED, { force: true });
        const handle = await open(file + UNFINISHED, "wx");
        try {
          await handle.writeFile(bytes);
        } finally {
          await handle.close();
        }
        // In the place of what is there, even of a link: never through it.
        await rename(file + UNFINISHED, file);
      }),
    remove: (path) =>
      translated(path, async () => {
        const folder = await folderOf(root, path, "find").catch(undefinedIfMissing);
        if (folder !== undefined) await rm(join(folder, posix.basename(path)), { force: true });
      }),
  };
}

/** Where a path's folder really is. */
async function folderOf(root: string, path: string, how: "make" | "find"): Promise<string> {
  const real = await realpath(root);
  let folder = real;
  for (const part of partsOf(path)) {
    const next = join(folder, part);
    if (how === "make") await mkdir(next).catch(unlessThere);
    folder = await realpath(next);
    const way = relative(real, folder);
    if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) throw leadsOut(path);
  }
  return folder;
}

function partsOf(path: string): readonly string[] {
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..")) throw leadsOut(path);
  return parts.slice(0, -1);
}

function unlessThere(error: unknown): void {
  if (codeOf(error) !== "EEXIST") throw error;
}

function undefinedIfMissing(error: unknown): undefined {
  if (codeOf(error) !== "ENOENT") throw error;
}

function leadsOut(path: string): SealringError {
  return new SealringError("usage", `${JSON.stringify(path)} is not in the repository's directory`, {
    hint: "look for a link among its folders, and put a folder in its place",
  });
}

async function translated(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof SealringError || codeOf(error) === "") throw error;
    throw new SealringError("usage", `${path} cannot be written (${codeOf(error)})`, {
      hint: "see who may write there, and run: sealring apply",
    });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
