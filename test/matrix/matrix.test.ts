import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { play } from "./cell.ts";
import { describeCell, SAMPLE, WHOLE } from "./cells.ts";
import { expectedAftermath } from "./expectation.ts";
import { MISFORTUNES } from "./misfortunes.ts";
import { MOMENTS } from "./moments.ts";
import { WorldPool } from "./pool.ts";
import { tally, writeTables } from "./table.ts";
import type { Played } from "./table.ts";

/** `npm run matrix` plays every cell and writes the tables; `npm test` plays the sample. */
const isWhole = process.env["MATRIX"] === "whole";
const CELLS = isWhole ? WHOLE : SAMPLE;

describe("a refresh is killed, or not, and something else goes wrong, or not: afterwards", () => {
  const pool = new WorldPool();
  const played: Played[] = [];

  afterAll(async () => {
    await pool.close();
    console.log(tally(played));
    if (isWhole && played.length === WHOLE.length) await writeTables(played);
  });

  it.concurrent.for(CELLS.map((cell) => [describeCell(cell), cell] as const))("%s", ([, cell]) =>
    pool.lend(async (world) => {
      const { facts, aftermath, outcomes } = await play(world, cell);
      expect(aftermath, `${JSON.stringify(facts)} ${outcomes.join(", ")}`).toBe(
        expectedAftermath(cell, facts),
      );
      played.push({ cell, aftermath });
    }),
  );
});

it("the sample has each moment and each misfortune", () => {
  expect(new Set(SAMPLE.map(({ moment }) => moment))).toEqual(new Set(MOMENTS));
  expect(new Set(SAMPLE.map(({ misfortune }) => misfortune))).toEqual(new Set(MISFORTUNES));
});

it("docs/reliability.md has the tables of this matrix", () => {
  const page = readFileSync("docs/reliability.md", "utf8");
  expect(page).toContain(`${String(WHOLE.length)} cells: `);
  for (const { name } of [...MOMENTS, ...MISFORTUNES]) expect(page).toContain(`| ${name} `);
});
