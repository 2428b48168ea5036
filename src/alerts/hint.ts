import { code } from "./markdown.ts";

/** A command to type, after a colon, up to the next clause. */
const COMMAND = /(?<=: )(?:sealring|gh) [^;,()]*[^;,() ]/g;

/** Prose in which GitHub finds no markup, no mention and no reference. */
const PLAIN = /^[A-Za-z0-9 ,;:.'"()/_…>-]*$/;

/** A hint as Markdown: its commands as code, and its prose as such where that is inert. */
export function hintAsMarkdown(hint: string): string {
  const prose = hint.split(COMMAND);
  if (!prose.every((part) => PLAIN.test(part))) return code(hint);
  const commands = [...hint.matchAll(COMMAND)].map(([command]) => code(command));
  const text = prose.map((part, index) => part + (commands[index] ?? "")).join("");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
