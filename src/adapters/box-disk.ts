import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { BoxDisk } from "../ports.ts";

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

/**
 * The `BoxDisk` port: one file a credential, replaced whole, on the disk itself before `write` returns. What cannot be
 * read is no box, and need not be removed; `write` rejects when the disk does not take it.
 */
export function directoryBoxes(directory: string): BoxDisk {
  const pathOf = (credential: string) => join(directory, `${credential}.box.json`);
  // Whatever else is there instead is no box, and must not end a run that can go on without.
  const read = (credential: string) => readFile(pathOf(credential), "utf8").catch(() => undefined);
  return {
    async write(credential, box) {
      await mkdir(directory, { recursive: true, mode: OWNER_ONLY_FOLDER });
      const path = pathOf(credential);
      const file = await open(`${path}.new`, "w", OWNER_ONLY_FILE);
      try {
        await file.writeFile(box);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.new`, path);
    },
    read,
    async remove(credential) {
      try {
        await rm(pathOf(credential), { force: true });
      } catch (error) {
        if ((await read(credential)) !== undefined) throw error;
      }
    },
  };
}
