import { readFileSync, writeFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import type { Aftermath, Cell } from "./expectation.ts";
import { MISFORTUNES } from "./misfortunes.ts";
import { MOMENTS } from "./moments.ts";

export interface Played {
  readonly cell: Cell;
  readonly aftermath: Aftermath;
}

const PAGE = "docs/reliability.md";
const PLACE =
  /(<!-- kill matrix: written by `npm run matrix` -->\n)[\s\S]*?(<!-- end of the kill matrix -->)/;
const AFTERMATHS: readonly Aftermath[] = ["goes_on", "probe_succeeds", "person"];

/** `800 cells: 700 go on, …`. */
export function tally(played: readonly Played[]): string {
  const [goesOn = 0, probe = 0, person = 0] = counts(played);
  return (
    `${String(played.length)} cells: ${String(goesOn)} go on by themselves, ` +
    `${String(probe)} at the late probe, ${String(person)} need a person`
  );
}

/** The matrix by each of its axes, in Markdown. */
export function tables(played: readonly Played[]): string {
  const byMisfortune = MISFORTUNES.map(({ name }) =>
    row(
      name,
      played.filter(({ cell }) => cell.misfortune.name === name),
    ),
  );
  const byMoment = MOMENTS.map(({ name }) =>
    row(
      name,
      played.filter(({ cell }) => cell.moment.name === name),
    ),
  );
  return [
    `${tally(played)}.`,
    [...header("what else went wrong"), ...byMisfortune].join("\n"),
    [...header("killed"), ...byMoment].join("\n"),
  ].join("\n\n");
}

/** Puts the tables into docs/reliability.md. */
export async function writeTables(played: readonly Played[]): Promise<void> {
  const page = readFileSync(PAGE, "utf8");
  if (!PLACE.test(page)) throw new Error(`${PAGE} has no place for the kill matrix`);
  const text = page.replace(
    PLACE,
    (_all, open: string, close: string) => `${open}\n${tables(played)}\n\n${close}`,
  );
  const options = await resolveConfig(PAGE);
  writeFileSync(PAGE, await format(text, { ...options, parser: "markdown" }));
}

function counts(played: readonly Played[]): readonly number[] {
  return AFTERMATHS.map((kind) => played.filter(({ aftermath }) => aftermath === kind).length);
}

function header(subject: string): readonly string[] {
  return [
    `| ${subject} | cells | goes on by itself | at the late probe | a person is called |`,
    "| --- | --: | --: | --: | --: |",
  ];
}

function row(name: string, played: readonly Played[]): string {
  return `| ${[name, played.length, ...counts(played)].join(" | ")} |`;
}
