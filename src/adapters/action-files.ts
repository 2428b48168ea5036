import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join, relative, sep } from "node:path";
import type { ActionFile } from "../ports.ts";

/** The action as it lies in sealring's own package, at this address: `action.yml` and the folder `action/`. */
export async function readActionFiles(root: URL): Promise<readonly ActionFile[]> {
  const folder = fileURLToPath(root);
  const entries = await readdir(join(folder, "action"), { recursive: true, withFileTypes: true });
  const bundled = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const paths = [join(folder, "action.yml"), ...bundled].sort();
  return Promise.all(
    paths.map(async (path) => ({
      path: relative(folder, path).replaceAll(sep, "/"),
      bytes: await readFile(path),
    })),
  );
}
