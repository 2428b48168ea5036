import { maskLine, stars } from "./literal-secret.ts";
import { visible } from "./visible.ts";

const COLUMNS = 80;

/** A line of a file, and the part of it that is meant, in offsets from the line's start. */
export interface Marked {
  readonly lineNumber: number;
  readonly line: string;
  readonly start: number;
  readonly end: number;
  /** Parts of the line that must not be seen. */
  readonly hidden: readonly (readonly [start: number, end: number])[];
}

/** The line with its number and a row of carets under the marked part, in at most 80 columns. */
export function codeFrame(marked: Marked): string {
  const gutter = `  ${String(marked.lineNumber)} | `;
  const room = COLUMNS - gutter.length;
  const safe = visible(maskLine(hide(marked)).replaceAll("\t", " "));
  const from = windowStart(safe.length, marked.start, room);
  const shown = cut(safe, from, room);
  const column = marked.start - from;
  const width = Math.max(1, Math.min(marked.end, safe.length) - marked.start);
  const carets = "^".repeat(Math.min(width, room - column));
  return `${gutter}${shown}\n${" ".repeat(gutter.length - 2)}| ${" ".repeat(column)}${carets}`;
}

function hide({ line, hidden }: Marked): string {
  let masked = line;
  for (const [start, end] of hidden) {
    masked = masked.slice(0, start) + stars(masked.slice(start, end)) + masked.slice(end);
  }
  return masked;
}

/** A long line is shown from a little before the marked part on. */
function windowStart(length: number, start: number, room: number): number {
  if (length <= room || start < room - 20) return 0;
  return Math.min(start - 20, Math.max(0, length - room + 1));
}

function cut(line: string, from: number, room: number): string {
  const shown = line.slice(from, from + room);
  const opened = from > 0 ? `…${shown.slice(1)}` : shown;
  return from + room < line.length ? `${opened.slice(0, -1)}…` : opened;
}
