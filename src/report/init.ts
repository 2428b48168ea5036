import type { Scaffolded } from "../commands/init.ts";

/** What `init` wrote, and what comes next. */
export function initText(results: readonly Scaffolded[]): string {
  const written = results.filter(({ outcome }) => outcome === "written");
  const said =
    written.length === 0
      ? `Nothing to do: ${results.map(({ file }) => file).join(", ")} is there already.\n`
      : written.map(({ file }) => `${file} is written.\n`).join("");
  const unknown = written
    .filter(({ repository }) => repository === "unknown")
    .map(({ file }) => `There is no git remote to tell the repository by: set repository: in ${file}.\n`);
  return `${said}${unknown.join("")}\nNext, a credential's file:\n  sealring add\n`;
}
