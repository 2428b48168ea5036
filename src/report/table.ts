import { visible } from "../declaration/visible.ts";

const GAP = "  ";
const WIDTH = 80;
const CONTINUED = " \\";

/** Rows under headings, in columns that fit 80 characters, or `width`, together: the last one is cut where it must be. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  width = WIDTH,
): string {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
  return all.map((row) => `${cut(line(row, widths), width)}\n`).join("");
}

function line(row: readonly string[], widths: readonly number[]): string {
  const text = widths.map((width, column) => visible(row[column] ?? "").padEnd(width)).join(GAP);
  return text.trimEnd();
}

/** Text that fits a line: what does not fit is left out. */
export function cut(text: string, width = WIDTH): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** A command to type, after `run:`. Over several lines, a shell still reads it as one. */
export function toType(command: string): string {
  const lines = wrap(`run: ${command}`, "    ", WIDTH - CONTINUED.length)
    .trimEnd()
    .split("\n");
  return `${lines.join(`${CONTINUED}\n`).slice(2)}\n`;
}

/** A paragraph in lines of at most 80 characters, each after an indent. Nothing in it hides or reorders text. */
export function wrap(text: string, indent = "", width = WIDTH): string {
  const lines: string[] = [];
  let current = "";
  for (const word of visible(text).split(" ")) {
    const next = current === "" ? word : `${current} ${word}`;
    if (current !== "" && indent.length + next.length > width) {
      lines.push(current);
      current = word;
    } else current = next;
  }
  return [...lines, current].map((each) => `${indent}${each}\n`).join("");
}
