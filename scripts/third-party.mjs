import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const PACKAGE = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const LICENCE_FILE = /^(licen[cs]e|copying)(-[a-z0-9]+)?(\.md|\.txt)?$/i;

/** One text with the licence of every package that one of these modules came from; throws when a package ships none. */
export async function thirdPartyLicenses(moduleIds) {
  const folders = new Set();
  for (const id of moduleIds) {
    const folder = PACKAGE.exec(id.replaceAll("\\", "/"))?.[1];
    if (folder !== undefined) folders.add(folder);
  }
  const entries = await Promise.all([...folders].map(licenceOf));
  entries.sort((one, other) => (one.title < other.title ? -1 : 1));
  const head = "sealring is distributed with the packages below, each under its own licence.\n";
  return [head, ...entries.map(({ title, text }) => `${"=".repeat(78)}\n${title}\n\n${text.trim()}\n`)].join(
    "\n",
  );
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => LICENCE_FILE.test(entry));
  if (file === undefined) throw new Error(`${name}@${version} is bundled, but ships no licence text`);
  return { title: `${name} ${version} (${license})`, text: await readFile(join(folder, file), "utf8") };
}
