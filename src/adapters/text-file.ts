import { readFile, writeFile } from "node:fs/promises";
import { SealringError } from "../errors.ts";

/** @throws SealringError `usage` where there is no such file, or none that may be read. */
export async function readTextFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    throw unusable(path, "read");
  }
}

/** @throws SealringError `usage` where it cannot be written. */
export async function writeTextFile(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch {
    throw unusable(path, "written");
  }
}

function unusable(path: string, how: string): SealringError {
  return new SealringError("usage", `the file ${JSON.stringify(path)} cannot be ${how}`, {
    hint: "see that the folder is there, and who may use it",
  });
}
