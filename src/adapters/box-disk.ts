import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { BoxDisk } from "../ports.ts";

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

/** The `BoxDisk` port: one file a credential, replaced whole, on the disk itself before `write` returns. */
export function directoryBoxes(directory: string): BoxDisk {
  const pathOf = (credential: string) => join(directory, `${credential}.box.json`);
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
    async read(credential) {
      try {
        return await readFile(pathOf(credential), "utf8");
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw error;
      }
    },
    async remove(credential) {
      await rm(pathOf(credential), { force: true });
    },
  };
}
