import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layOut } from "../../../src/console/history/chart-layout.ts";
import type { Chart, Drawn } from "../../../src/console/history/chart-layout.ts";
import type { Lifetime } from "../../../src/console/history/lifetime.ts";

const FORMAT = { width: 400, height: 200, daysApart: 10 };
/** The plot: 52 to 388 across, 174 (nothing left) to 14 up. */
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 388, 14, 174];

const day = (number: number) => new Date(Date.parse("2026-11-01T00:00:00Z") + number * 86_400_000);

/** Of a token that lives ten days, from day to day; days count from the window's first. */
function lifetime(from: number, leftAt?: number): Lifetime {
  return {
    ...{ generation: 1, how: "refreshed", from: day(from), until: day(from + 10) },
    leftAt: leftAt === undefined ? undefined : day(leftAt),
  };
}

function drawn(lifetimes: readonly Lifetime[], marginSeconds?: number): Chart {
  return layOut(
    { lifetimes, window: { from: day(0), to: day(30) }, knownFrom: undefined, marginSeconds },
    FORMAT,
  );
}

describe("a picture of lifetimes", () => {
  it("has a tooth for each token, from what it began with to what was left when the next one came", () => {
    const { teeth, marks, gaps, heights } = drawn([lifetime(0, 5), lifetime(5, 10), lifetime(10)]);
    expect(heights.map(({ label }) => label)).toEqual(["0", "5d", "10d"]);
    expect(teeth[0]).toEqual({ risesFrom: BOTTOM, from: { x: LEFT, y: TOP }, to: { x: 108, y: 94 } });
    // A true sawtooth: the line goes on from where it stood.
    expect(teeth[1]).toMatchObject({ risesFrom: 94, from: { x: 108, y: TOP } });
    expect(marks.map(({ x, y }) => [x, y])).toEqual([
      [LEFT, TOP],
      [108, TOP],
      [164, TOP],
    ]);
    // The last one ended on day 20, and no other came.
    expect(teeth[2]?.to).toEqual({ x: 276, y: BOTTOM });
    expect(gaps).toEqual([{ x: 276, width: RIGHT - 276 }]);
  });

  it("begins with what was left of a token that came before it, which has no mark", () => {
    const { teeth, marks, gaps } = drawn([lifetime(-5, 10)]);
    expect(teeth).toEqual([{ risesFrom: undefined, from: { x: LEFT, y: 40.7 }, to: { x: 108, y: BOTTOM } }]);
    expect(marks).toEqual([]);
    expect(gaps).toEqual([{ x: 108, width: 56 }]);
  });

  it("shows only that it was missing, of a token that had ended before it", () => {
    const { teeth, gaps } = drawn([lifetime(-20, 10)]);
    expect(teeth).toEqual([]);
    expect(gaps).toEqual([{ x: LEFT, width: 112 }]);
  });

  it("leaves out what was over before it, and what is said to come after it", () => {
    expect(drawn([lifetime(-20, -15), lifetime(31)])).toMatchObject({ teeth: [], marks: [], gaps: [] });
  });

  it("has a mark alone for a token whose end is not known", () => {
    const endless: Lifetime = { ...lifetime(15), until: undefined };
    expect(drawn([endless])).toMatchObject({ teeth: [], gaps: [], marks: [{ x: 220, y: BOTTOM }] });
  });

  it("has a gap that can be seen, however short it was", () => {
    expect(drawn([lifetime(0, 10.001), lifetime(10.001)]).gaps[0]).toEqual({ x: 164, width: 1 });
  });

  it("has room for the margin, and dates at midnight", () => {
    const { marginY, dates, heights } = drawn([lifetime(0)], 12 * 86_400);
    expect(heights.at(-1)?.label).toBe("15d");
    expect(marginY).toBe(46);
    expect(dates).toEqual([
      { x: 52, label: "01 Nov" },
      { x: 164, label: "11 Nov" },
      { x: 276, label: "21 Nov" },
    ]);
  });

  it("stays within its frame, and goes from left to right, whatever the journal says", () => {
    fc.assert(
      fc.property(drawings, (wanted) => {
        const chart = layOut(wanted, FORMAT);
        const points = [...chart.teeth.flatMap(({ from, to }) => [from, to]), ...chart.marks];
        const margin = chart.marginY === undefined ? [] : [{ x: LEFT, y: chart.marginY }];
        for (const { x, y } of [...points, ...margin]) {
          expect(
            x >= LEFT && x <= RIGHT && y >= TOP - 0.1 && y <= BOTTOM + 0.1,
            `${String(x)},${String(y)}`,
          ).toBe(true);
        }
        for (const { from, to } of chart.teeth) expect(to.x >= from.x && to.y >= from.y).toBe(true);
        for (const { x, width } of chart.gaps)
          expect(x >= LEFT && width >= 1 && x + width <= RIGHT + 1).toBe(true);
        const marked = chart.marks.map(({ x }) => x);
        expect(marked).toEqual(marked.toSorted((a, b) => a - b));
        for (const { x } of chart.dates) expect(x >= LEFT && x <= RIGHT).toBe(true);
        expect(chart.heights.length).toBeLessThanOrEqual(5);
      }),
    );
  });
});

const instants = fc.date({ min: day(-400), max: day(60), noInvalidDate: true });
const ends = fc.date({ min: day(-400), max: day(50_000), noInvalidDate: true });

/** Oldest first, each left when the next one came, or before; with ends that make sense or do not. */
const drawings: fc.Arbitrary<Drawn> = fc
  .record({
    came: fc.uniqueArray(instants, { selector: (at) => at.getTime(), maxLength: 20 }),
    until: fc.array(fc.option(ends, { nil: undefined }), { minLength: 20, maxLength: 20 }),
    marginSeconds: fc.option(fc.integer({ min: 0, max: 4_000_000_000 }), { nil: undefined }),
  })
  .map(({ came, until, marginSeconds }) => {
    const sorted = came.toSorted((a, b) => a.getTime() - b.getTime());
    const lifetimes = sorted.map((from, index): Lifetime => {
      return {
        generation: index + 1,
        how: "refreshed",
        from,
        until: until[index],
        leftAt: sorted[index + 1],
      };
    });
    return { lifetimes, window: { from: day(0), to: day(30) }, knownFrom: undefined, marginSeconds };
  });
