import fc from "fast-check";
import { expect, test } from "vitest";
import { scheduleFinding } from "../../src/declaration/rules/schedule.ts";
import { spread } from "../../src/workflow/spread.ts";
import { declaredBy } from "./examples.ts";

/** The default of a repository with this name. */
function defaultOf(name: string): string {
  return declaredBy({ "sealring.yaml": `version: 1\nrepository: acme/${name}\n` }).project.schedule;
}

test("without a schedule it is every six hours, away from the full hour, and not the same for everybody", () => {
  const schedules = Array.from({ length: 500 }, (_, index) => defaultOf(`credentials-${String(index)}`));
  for (const schedule of schedules) {
    expect(scheduleFinding(schedule)).toBeUndefined();
    const [minute = "", hours = ""] = schedule.split(" ");
    expect(Number(minute)).toBeGreaterThan(5);
    expect(Number(minute)).toBeLessThan(55);
    const [first = 0, ...others] = hours.split(",").map(Number);
    expect(others).toEqual([first + 6, first + 12, first + 18]);
  }
  expect(new Set(schedules.map((schedule) => schedule.split(" ")[0])).size).toBe(49);
  expect(new Set(schedules.map((schedule) => schedule.split(" ")[1])).size).toBe(6);
});

test("a repository keeps its schedule, however its name is written", () => {
  expect(defaultOf("Credentials")).toBe(defaultOf("credentials"));
});

test("the first file starts as declared", () => {
  expect(spread("0 3 * * MON", 0)).toBe("0 3 * * MON");
});

test("the next ones start at other minutes of the same hours, none near the full one", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 59 }), (minute) => {
      const crons = Array.from({ length: 49 }, (_, index) =>
        spread(`${String(minute)} 3 * * MON`, index + 1),
      );
      expect(new Set(crons).size).toBe(49);
      for (const cron of crons) expect(cron).toMatch(/^(?:[6-9]|[1-4][0-9]|5[0-4]) 3 \* \* MON$/);
    }),
  );
});

test("a schedule of several minutes is moved as a whole, and stays one that GitHub takes", () => {
  expect(spread("0,30 * * * *", 1)).toBe("19,49 * * * *");
  expect(spread("*/20 1-5 * * *", 2)).toBe("18,38,58 1-5 * * *");
  for (let index = 0; index < 60; index += 1) {
    expect(scheduleFinding(spread("*/5 * * * *", index))).toBeUndefined();
  }
});
