import { expect, test } from "vitest";
import type { Violation } from "./rules.ts";
import { exploreScenario } from "./scenario.ts";
import type { Broken } from "./start.ts";
import type { Left } from "./world.ts";

interface Case {
  readonly broken: Broken;
  /** Each is within a space in which `protocol.test.ts` finds nothing wrong with sealring. */
  readonly left: Partial<Left>;
  readonly lifetimes?: "all_short";
  readonly harm: Violation;
  /** Steps of the shortest way there, in this order. */
  readonly through: readonly string[];
}

const CASES: readonly Case[] = [
  {
    broken: "store_after_publish",
    left: { runs: 1 },
    harm: "consumers get a token whose envelope is not stored",
    through: ["run 2: 8 publish at-2"],
  },
  {
    broken: "no_compare",
    left: { runs: 2 },
    harm: "a token is spent that has been replaced",
    through: [
      "run 2: the journal: intends to refresh (2)",
      "run 2: 5 spend rt-1",
      "run 3: the journal: intends to refresh (2)",
      "run 5: 5 spend rt-1",
    ],
  },
  {
    broken: "blind_retry",
    left: { runs: 2, crashes: 1, faults: 1 },
    harm: "a grant is revoked though nobody's answer was lost",
    through: ["run 2: 5 spend rt-1", "run 3: 5 spend rt-1"],
  },
  {
    broken: "replay_without_intent",
    left: { runs: 2, people: 1, crashes: 1 },
    lifetimes: "all_short",
    harm: "an older envelope is put over a newer one",
    through: ["run 3: the journal: intends to replay (3)", "person 4: 7 store", "run 3: 7 store"],
  },
  {
    broken: "takeover_by_deadline_alone",
    left: { runs: 2, instants: 2 },
    harm: "a token is spent that has been replaced",
    through: ["run 2: 5 spend rt-1", "time passes", "run 4: 5 spend rt-1"],
  },
  {
    broken: "numbers_are_reused",
    left: { runs: 2, people: 1, crashes: 1 },
    lifetimes: "all_short",
    harm: "a token is spent from a stale snapshot",
    through: [
      "run 2: 7 store",
      "run 4 starts",
      "person 3: the journal: authorized as generation 2",
      "run 4: 5 spend rt-2",
    ],
  },
  {
    broken: "spend_without_intent",
    left: { runs: 2 },
    harm: "a grant is revoked though nobody's answer was lost",
    through: ["run 2: 5 spend rt-1", "run 3: 5 spend rt-1"],
  },
  {
    broken: "boxes_are_not_authenticated",
    left: { runs: 2, crashes: 1, forgeries: 1 },
    harm: "a refresh token that a client received is lost",
    through: [
      "somebody forges a box in the journal",
      "run 3: 7 store",
      "recovered generation 2 from its box",
    ],
  },
  {
    broken: "process_outlives_its_deadline",
    left: { runs: 1, people: 1, instants: 1 },
    harm: "its tokens are there, and it asks for a person",
    through: [
      "time passes",
      "person 2: the journal: intends to authorize (2)",
      "run 3 starts",
      "person 2: 7 store",
    ],
  },
  {
    broken: "snapshot_age_ignored",
    left: { runs: 2, crashes: 1, instants: 2 },
    harm: "its tokens are there, and it asks for a person",
    through: [
      "run 3 starts",
      "run 2: 7 store",
      "run 2 loses its machine",
      "run 3: the journal: intends to probe (3)",
    ],
  },
];

test.each(CASES)(
  "a protocol with $broken is caught: $harm",
  async ({ broken, left, lifetimes, harm, through }) => {
    const { found } = await exploreScenario({
      rotation: "single_use",
      lifetimes: lifetimes ?? "only_first_short",
      left,
      broken,
    });
    expect(found?.violation).toBe(harm);
    expect(inOrder(found?.trace ?? [], through), found?.trace.join("\n")).toEqual(through);
  },
);

/** Of these steps, those that a trace takes in their order. */
function inOrder(trace: readonly string[], steps: readonly string[]): readonly string[] {
  let rest = trace;
  return steps.filter((step) => {
    const place = rest.findIndex((label) => label.includes(step));
    rest = rest.slice(place + 1);
    return place >= 0;
  });
}
