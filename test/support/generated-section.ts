import { readFileSync, writeFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";

const PAGE = "docs/reliability.md";

/** Puts Markdown into docs/reliability.md, between the comments that name it and the command that writes it. */
export async function writeSection(name: string, command: string, markdown: string): Promise<void> {
  const page = readFileSync(PAGE, "utf8");
  const [open, close] = [`<!-- ${name}: written by \`${command}\` -->`, `<!-- end of the ${name} -->`];
  const [before, after] = [page.indexOf(open), page.indexOf(close)];
  if (before < 0 || after < before) throw new Error(`${PAGE} has no place for the ${name}`);
  const text = `${page.slice(0, before)}${open}\n\n${markdown}\n\n${page.slice(after)}`;
  const options = await resolveConfig(PAGE);
  writeFileSync(PAGE, await format(text, { ...options, parser: "markdown" }));
}
