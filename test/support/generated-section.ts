import { readFileSync, writeFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";

/** A part of a page that a command writes: it stands between comments that name both. */
export interface Section {
  readonly page: string;
  readonly name: string;
  readonly command: string;
}

/** The page with this Markdown in the section's place, formatted as the others are. */
export async function pageWith({ page, name, command }: Section, markdown: string): Promise<string> {
  const text = readFileSync(page, "utf8");
  const [open, close] = [`<!-- ${name}: written by \`${command}\` -->`, `<!-- end of the ${name} -->`];
  const [before, after] = [text.indexOf(open), text.indexOf(close)];
  if (before < 0 || after < before) throw new Error(`${page} has no place for the ${name}`);
  const whole = `${text.slice(0, before)}${open}\n\n${markdown}\n\n${text.slice(after)}`;
  return format(whole, { ...(await resolveConfig(page)), parser: "markdown" });
}

/** Puts Markdown into the section's place. */
export async function writeSection(section: Section, markdown: string): Promise<void> {
  writeFileSync(section.page, await pageWith(section, markdown));
}
