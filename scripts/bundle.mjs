import { chmod, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { thirdPartyLicenses } from "./third-party.mjs";

const root = new URL("../", import.meta.url);
const path = (relative) => fileURLToPath(new URL(relative, root));

/** No use in a job: their modules, by the names under which the command table imports them. */
const LEFT_OUT_OF_ACTION = /^\.\/(console|demo|sandbox)\.ts$/;

/** The action is committed, here and in users' repositories: no diff worth reading, and no line end that git may change. */
const ATTRIBUTES = "* linguist-generated -text -diff\n";

/**
 * Bundles an entry and everything it imports into a directory that runs alone: `main.js`, with a chunk for each part that is
 * imported when it is needed, and the licences of what was bundled. What was in the directory is removed.
 */
export async function bundle(entry, directory) {
  await replace(directory, [
    { input: { main: entry }, extension: "js", banner: "#!/usr/bin/env node", codeSplitting: true },
  ]);
  await chmod(join(directory, "main.js"), 0o755);
}

/**
 * Bundles the action: `index.mjs`, which its runner starts, and `main.mjs`, the command line without the sandbox. The
 * extension says that it is ESM, whatever package.json is above it in a user's repository; each is one file, because that
 * repository keeps them.
 */
export async function bundleAction(directory) {
  const whole = { extension: "mjs", banner: "", codeSplitting: false };
  const leftOut = leaveOut(LEFT_OUT_OF_ACTION, path("src/cli/left-out.ts"));
  await replace(directory, [
    { ...whole, input: { main: path("src/main.ts") }, plugins: [leftOut] },
    { ...whole, input: { index: path("src/action.ts") }, plugins: [MAIN_BESIDE_IT] },
  ]);
  await writeFile(join(directory, ".gitattributes"), ATTRIBUTES);
}

const MAIN_BESIDE_IT = {
  name: "main-beside-it",
  resolveId: (name) => (name === "./main.ts" ? { id: "./main.mjs", external: true } : undefined),
};

/** Puts one module in the place of those that the command table imports by these names. */
function leaveOut(names, substitute) {
  const isTable = (importer) => importer?.replaceAll("\\", "/").includes("/src/cli/");
  return {
    name: "leave-out",
    resolveId: (name, importer) => (names.test(name) && isTable(importer) ? substitute : undefined),
  };
}

/** Built beside it and put in place at the end: a build that fails leaves what was there. */
async function replace(directory, builds) {
  const fresh = `${directory}.new`;
  await rm(fresh, { recursive: true, force: true });
  const modules = [];
  for (const build of builds) modules.push(...(await write(fresh, build)));
  await writeFile(join(fresh, "THIRD_PARTY_LICENSES.txt"), await thirdPartyLicenses(modules));
  await rm(directory, { recursive: true, force: true });
  await rename(fresh, directory);
}

/** Gives the modules that were bundled. */
async function write(directory, { input, plugins = [], extension, banner, codeSplitting }) {
  const { version } = JSON.parse(await readFile(path("package.json"), "utf8"));
  const build = await rolldown({
    input,
    plugins,
    platform: "node",
    // A warning is a surprise in what users run: an import that is not found, a cycle that runs too early.
    onLog(level, log) {
      if (level === "warn") throw new Error(`${log.code ?? "warning"}: ${log.message}`);
    },
    transform: { target: "node20.19", define: { SEALRING_VERSION: JSON.stringify(version) } },
  });
  const { output } = await build.write({
    dir: directory,
    format: "esm",
    entryFileNames: `[name].${extension}`,
    chunkFileNames: `chunks/[name].${extension}`,
    codeSplitting,
    banner: (chunk) => (chunk.isEntry ? banner : ""),
    // Names of functions and classes stay, so that a bug's stack can be read. Shorter locals make start-up faster.
    minify: { mangle: { keepNames: { function: true, class: true } } },
    comments: { legal: false, annotation: false, jsdoc: false },
  });
  await build.close();
  return output.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []));
}
