import { afterAll, expect, test } from "vitest";
import { exploreScenario } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";
import { total, writeSizes } from "./table.ts";
import type { Surveyed } from "./table.ts";

interface Space extends Scenario {
  readonly of: string;
  /** More than 24,250 states: explored by `npm run model`, and not by `npm test`. */
  readonly size?: "large";
}

/**
 * What is explored to the end: the processes that `left` grants start whenever they like, are as slow as they like, and
 * each crash, fault and instant comes at any of their steps, or not at all.
 */
const SPACES: readonly Space[] = [
  { of: "two slow runs", rotation: "single_use", left: { runs: 2, crashes: 1, instants: 2 } },
  {
    of: "two runs, a crash, a fault",
    size: "large",
    rotation: "single_use",
    left: { runs: 2, crashes: 1, faults: 1, instants: 1 },
  },
  { of: "a run, two faults", rotation: "single_use", left: { runs: 1, crashes: 1, faults: 2 } },
  { of: "a slow run", rotation: "single_use", left: { runs: 1, crashes: 1, faults: 1, instants: 2 } },
  { of: "two runs, a forger", rotation: "single_use", left: { runs: 2, crashes: 1, forgeries: 1 } },
  {
    of: "a run, one that probes",
    rotation: "single_use",
    left: { runs: 1, probes: 1, crashes: 2, instants: 1 },
  },
  { of: "a run, a person", rotation: "single_use", left: { runs: 1, people: 1, crashes: 1, instants: 1 } },
  {
    of: "a run, a person, a fault",
    rotation: "single_use",
    left: { runs: 1, people: 1, crashes: 1, faults: 1 },
  },
  { of: "two people", rotation: "single_use", left: { people: 2, crashes: 1, faults: 1, instants: 1 } },
  {
    of: "two runs, a person, tokens that are always due",
    size: "large",
    rotation: "single_use",
    lifetimes: "all_short",
    left: { runs: 2, people: 1, crashes: 1 },
  },
  { of: "a slow run, a fault", rotation: "harmless", left: { runs: 1, crashes: 1, faults: 1, instants: 2 } },
  {
    of: "two runs, a fault",
    size: "large",
    rotation: "harmless",
    left: { runs: 2, crashes: 1, faults: 1, instants: 1 },
  },
  {
    of: "two slow runs",
    size: "large",
    rotation: "grace",
    left: { runs: 2, crashes: 1, instants: 2 },
  },
  { of: "a slow run, a fault", rotation: "grace", left: { runs: 1, crashes: 1, faults: 1, instants: 2 } },
  { of: "two runs, a crash, a fault", rotation: "none", left: { runs: 2, crashes: 1, faults: 1 } },
];

const isWhole = process.env["MODEL"] === "write";
const EXPLORED = SPACES.filter(({ size }) => isWhole || size !== "large");
const surveyed: Surveyed[] = [];

afterAll(async () => {
  console.log(total(surveyed));
  if (isWhole && surveyed.length === SPACES.length) await writeSizes(surveyed);
});

test.each(EXPLORED)("nothing is lost, sent twice or stuck: $of ($rotation)", async (space) => {
  const explored = await exploreScenario(space);
  const { found } = explored;
  surveyed.push({ space, explored });
  expect(found?.trace.concat(found.violation).join("\n") ?? "nothing").toBe("nothing");
});
