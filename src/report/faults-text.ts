import type { Fault } from "../declaration/fault.ts";
import { wrap } from "./table.ts";

/** Colour is the caller's choice: a terminal, and no NO_COLOR. */
export interface TextStyle {
  readonly colour: "always" | "never";
}

const CODES = { bold: "1", red: "31", cyan: "36" } as const;

type Paint = (code: keyof typeof CODES, text: string) => string;

/** Faults for people: place, message, the line itself, the way out. Ends with a line that counts them. */
export function faultsAsText(faults: readonly Fault[], checkedFiles: number, style: TextStyle): string {
  const paint: Paint =
    style.colour === "always" ? (code, text) => `\u001b[${CODES[code]}m${text}\u001b[0m` : (_, text) => text;
  const blocks = faults.map((fault) => `${faultBlock(fault, paint)}\n`);
  return [...blocks, summary(faults.length, checkedFiles)].join("\n");
}

function faultBlock(fault: Fault, paint: Paint): string {
  const place = `${fault.file}:${String(fault.line)}:${String(fault.column)}`;
  return [
    `${paint("bold", place)}: ${paint("red", "error")} ${fault.rule}`,
    ...lines(fault.message),
    ...(fault.frame === "" ? [] : fault.frame.split("\n")),
    ...lines(`hint: ${fault.hint}`).map((line) => paint("cyan", line)),
  ].join("\n");
}

function lines(text: string): readonly string[] {
  return wrap(text, "  ").trimEnd().split("\n");
}

function summary(faults: number, files: number): string {
  const of = `${count(files, "file")} checked`;
  return faults === 0 ? `${of}: no faults\n` : `${of}: ${count(faults, "fault")}\n`;
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}
