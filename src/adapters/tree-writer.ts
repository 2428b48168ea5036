import { lstat, mkdir, open, realpath, rename, rm } from "node:fs/promises";
import { join, posix, resolve } from "node:path";
import { SealringError } from "../errors.ts";
import type { TreeWriter } from "../ports.ts";

/** Beside the file until it is whole. */
const UNFINISHED = ".sealring-unfinished";

/** Writes into the tree under a directory of this machine: through no link, and never into Git's own folder. */
export function createTreeWriter(directory: string): TreeWriter {
  const root = resolve(directory);
  return {
    write: (path, bytes) =>
      translated(path, async () => {
        const file = await placeOf(root, path, "make");
        await rm(file + UNFINISHED, { force: true });
        const handle = await open(file + UNFINISHED, "wx");
        try {
          await handle.writeFile(bytes);
        } finally {
          await handle.close();
        }
        await rename(file + UNFINISHED, file);
      }),
    remove: (path) =>
      translated(path, async () => {
        const file = await placeOf(root, path, "find").catch(undefinedIfMissing);
        if (file !== undefined) await rm(file, { force: true });
      }),
  };
}

/** Where a path is, with folders that are folders. */
async function placeOf(root: string, path: string, how: "make" | "find"): Promise<string> {
  let place = await realpath(root);
  const { folders, name } = partsOf(path);
  for (const part of folders) {
    place = join(place, part);
    if (how === "make") await mkdir(place).catch(unlessThere);
    await refuseLink(place, path);
  }
  const file = join(place, name);
  await refuseLink(file, path).catch(undefinedIfMissing);
  return file;
}

/** A link may come with a pull request: what it leads to is not what the plan shows. */
async function refuseLink(place: string, path: string): Promise<void> {
  if (!(await lstat(place)).isSymbolicLink()) return;
  throw new SealringError("usage", `${JSON.stringify(path)} is not touched: a symbolic link is on its way`, {
    hint: "remove the link, and run the command again",
  });
}

function partsOf(path: string): { readonly folders: readonly string[]; readonly name: string } {
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..")) throw notOfTree(path);
  // Some file systems compare without case.
  if (parts.some((part) => part.toLowerCase() === ".git")) throw notOfTree(path);
  return { folders: parts.slice(0, -1), name: posix.basename(path) };
}

function unlessThere(error: unknown): void {
  if (codeOf(error) !== "EEXIST") throw error;
}

function undefinedIfMissing(error: unknown): undefined {
  if (codeOf(error) !== "ENOENT") throw error;
}

function notOfTree(path: string): SealringError {
  return new SealringError("usage", `${JSON.stringify(path)} is no file of the repository's tree`, {
    hint: "look at `action` in sealring.yaml, and run: sealring validate",
  });
}

async function translated(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof SealringError || codeOf(error) === "") throw error;
    throw new SealringError("usage", `${path} cannot be written (${codeOf(error)})`, {
      hint: "see who may write there, and run the command again",
    });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
