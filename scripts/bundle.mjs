import { chmod, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { thirdPartyLicenses } from "./third-party.mjs";

const root = new URL("../", import.meta.url);

/**
 * Bundles an entry and everything it imports into a directory that runs alone: `main.js`, with a chunk for each part that is
 * imported when it is needed, and the licences of what was bundled. What was in the directory is removed.
 */
export async function bundle(entry, directory) {
  const { version } = JSON.parse(await readFile(new URL("package.json", root), "utf8"));
  const build = await rolldown({
    input: { main: entry },
    platform: "node",
    // A warning is a surprise in what users run: an import that is not found, a cycle that runs too early.
    onLog(level, log) {
      if (level === "warn") throw new Error(`${log.code ?? "warning"}: ${log.message}`);
    },
    transform: { target: "node20.19", define: { SEALRING_VERSION: JSON.stringify(version) } },
  });
  // Built beside it and put in place at the end: a build that fails leaves what was there.
  const fresh = `${directory}.new`;
  await rm(fresh, { recursive: true, force: true });
  const { output } = await build.write({
    dir: fresh,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name].js",
    banner: (chunk) => (chunk.isEntry ? "#!/usr/bin/env node" : ""),
    // Names of functions and classes stay, so that a bug's stack can be read. Shorter locals make start-up faster.
    minify: { mangle: { keepNames: { function: true, class: true } } },
    comments: { legal: false, annotation: false, jsdoc: false },
  });
  await build.close();
  const modules = output.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []));
  await writeFile(join(fresh, "THIRD_PARTY_LICENSES.txt"), await thirdPartyLicenses(modules));
  await chmod(join(fresh, "main.js"), 0o755);
  await rm(directory, { recursive: true, force: true });
  await rename(fresh, directory);
}
