import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { differenceOf } from "../../src/difference/difference.ts";
import type { Facts, Found } from "../../src/difference/facts.ts";
import type { Plan } from "../../src/difference/plan.ts";
import { isSettled } from "../../src/difference/plan.ts";
import { titleOf } from "../../src/difference/title.ts";
import { anIntent, at } from "../support/entries.ts";
import {
  credentialNamed,
  known,
  Model,
  onlyMain,
  PROJECT,
  REPOSITORY,
  settledModel,
  wantedOf,
} from "./model.ts";

const OURA = credentialNamed("oura");
const OUTPUTS = { kind: "repository", repository: REPOSITORY, app: "actions" } as const;

function planOf(model: Model, more: Partial<Facts> = {}): Plan {
  const wanted = wantedOf([OURA]);
  return differenceOf(wanted, { ...model.facts(wanted), ...more });
}

test("where everything is as declared there is nothing to say", () => {
  expect(planOf(settledModel([OURA]))).toEqual({ changes: [], tasks: [], remarks: [], blanks: [] });
});

test.each([
  ["every branch", { kind: "all" } as const],
  ["every protected branch", { kind: "protected" } as const],
  ["branch other", onlyMain("other")],
  ["tag main", { kind: "patterns", patterns: [{ id: 1, name: "main", type: "tag" }] } as const],
  [
    "branch main, branch *",
    {
      kind: "patterns",
      patterns: [
        { id: 1, name: "main", type: "branch" },
        { id: 2, name: "*", type: "branch" },
      ],
    } as const,
  ],
  ["no branch", { kind: "patterns", patterns: [] } as const],
])("an environment that is open to %s is confined", (words, policy) => {
  const model = settledModel([OURA]);
  model.environments.set("sealring", policy);
  expect(planOf(model).changes.map(titleOf)).toEqual([
    `environment sealring, open to main only (now: ${words})`,
  ]);
});

test("gates that hold up a schedule are a remark", () => {
  const gated = new Map([["sealring", known({ policy: onlyMain(), gates: ["required_reviewers"] })]]);
  const plan = planOf(settledModel([OURA]), { environments: gated });
  expect([plan.changes, plan.remarks]).toMatchObject([[], [{ kind: "remark" }]]);
});

test("repository secrets instead of an environment are a warning", () => {
  const own = credentialNamed("oura", { environment: null });
  const wanted = wantedOf([own], { project: { ...PROJECT, environment: null } });
  expect(differenceOf(wanted, settledModel([own]).facts(wanted)).remarks).toMatchObject([
    { kind: "warning" },
  ]);
});

describe("limits, before they are met", () => {
  it("a store that will not take everything is a warning, one that nearly will not a remark", () => {
    const model = settledModel([OURA]);
    for (let count = 0; count < 94; count += 1) model.put(OUTPUTS, `OTHER_${String(count)}`);
    expect(planOf(model).remarks).toMatchObject([{ kind: "remark" }]);
    for (let count = 0; count < 6; count += 1) model.put(OUTPUTS, `MORE_${String(count)}`);
    expect(planOf(model).remarks).toMatchObject([
      {
        kind: "warning",
        what: "actions secrets of acme/app will hold 101 of the 100 secrets that GitHub takes",
      },
    ]);
  });

  it("an envelope near 48 KB, and an environment near what a process takes", () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      credentialNamed(`c${String(index)}`, { outputs: [] }),
    );
    const model = settledModel(many);
    for (const [name, entry] of model.entries) model.entries.set(name, { ...entry, envelopeBytes: 39_000 });
    const wanted = wantedOf(many);
    expect(differenceOf(wanted, model.facts(wanted)).remarks).toEqual([]);
    for (const [name, entry] of model.entries) model.entries.set(name, { ...entry, envelopeBytes: 40_000 });
    const { remarks } = differenceOf(wanted, model.facts(wanted));
    expect(remarks.map(({ what }) => what)).toContain(
      "the envelopes in environment sealring of acme/app are 1564 KB, and a process takes 2048 KB",
    );
    expect(remarks.filter(({ what }) => what.includes("that a secret holds"))).toHaveLength(40);
  });
});

describe("requests that an hour of the schedule needs, above what a token gives", () => {
  const many = Array.from({ length: 200 }, (_, index) =>
    credentialNamed(`c${String(index)}`, { environment: `e${String(index)}` }),
  );
  const model = settledModel(many);
  const warnings = (project: Partial<typeof PROJECT>) => {
    const wanted = wantedOf(many, { project: { ...PROJECT, ...project } });
    return differenceOf(wanted, model.facts(wanted)).remarks.filter(({ what }) => what.includes("an hour"));
  };

  it("are a warning: looking alone is too much for the job's own token, and not for an App's", () => {
    const app = { clientId: "Iv23liAbCdEfGhIjKlMn", privateKeyName: "APP_KEY" };
    expect(warnings({ schedule: "17 * * * *" })).toMatchObject([
      { kind: "warning", what: expect.stringMatching(/job's own token, which gives 900$/) as string },
    ]);
    expect(warnings({ schedule: "17 * * * *", app })).toEqual([]);
  });
});

const TREE = settledModel([OURA]).facts(wantedOf([OURA])).tree;
const DOWN: Found<never> = { kind: "unknown", code: "transient", reason: "it is down", hint: undefined };

test.each<[string, Partial<Facts>]>([
  ["the repository", { repository: DOWN }],
  ["the environment", { environments: new Map([["sealring", DOWN]]) }],
  ["a store", { stores: new Map([["environment sealring of acme/app", DOWN]]) }],
  ["the journal", { journal: DOWN }],
  ["an entry", { journal: known(new Map([["oura", DOWN]])) }],
  ["the tree", { tree: new Map([...TREE, [".github/workflows/sealring.yml", DOWN]]) }],
  ["the default branch", { pushed: new Map([[".github/workflows/sealring.yml", DOWN]]) }],
  ["a workflow", { workflows: new Map([["sealring.yml", DOWN]]) }],
])("of %s that cannot be read nothing is guessed", (_, facts) => {
  const plan = planOf(settledModel([OURA]), facts);
  expect(plan.blanks).toMatchObject([{ code: "transient", reason: "it is down" }]);
  expect([plan.changes, plan.tasks]).toEqual([[], []]);
});

/** Things that happen to a world where everything was as declared. */
const happenings: readonly ((model: Model) => void)[] = [
  (model) => model.environments.clear(),
  (model) => model.environments.set("sealring", { kind: "all" }),
  (model) => model.tree.clear(),
  (model) => model.tree.set(".github/workflows/sealring.yml", new Uint8Array([35])),
  (model) => model.tree.set(".github/workflows/sealring-9.yml", new Uint8Array([35])),
  (model) => model.tree.set("action/chunks/main.mjs", new Uint8Array([35])),
  (model) => model.tree.set("action/chunks/old.mjs", new Uint8Array([35])),
  (model) => model.secrets.get("actions secrets of acme/app")?.clear(),
  (model) => model.secrets.get("environment sealring of acme/app")?.delete("SEALRING_GITHUB_TOKEN"),
  (model) => model.put(OUTPUTS, "OURA_TOKEN", at(10_000)),
  (model) => model.secrets.get("environment second of acme/app")?.clear(),
  (model) => (model.workflow = "disabled_manually"),
  (model) => model.atHand.add("SEALRING_GITHUB_TOKEN").add("STRAVA_CLIENT_SECRET"),
  (model) => model.entries.delete("strava"),
  (model) => model.authorize(credentialNamed("gone")),
  (model) => {
    const entry = model.entries.get("oura");
    if (entry !== undefined) model.entries.set("oura", { ...entry, intent: anIntent(), phase: "intent" });
  },
  (model) => {
    const entry = model.entries.get("oura");
    if (entry !== undefined) model.entries.set("oura", { ...entry, published: [] });
  },
];

test("whatever has happened, once a plan is applied there is nothing left to apply", () => {
  const credentials = [OURA, credentialNamed("strava", { environment: "second" })];
  fc.assert(
    fc.property(
      fc.subarray([...happenings]),
      fc.constantFrom("keep" as const, "prune" as const),
      (happened, orphans) => {
        const model = settledModel(credentials);
        for (const happen of happened) happen(model);
        const wanted = wantedOf(credentials, { orphans });
        for (const change of differenceOf(wanted, model.facts(wanted)).changes) model.make(change);
        expect(differenceOf(wanted, model.facts(wanted)).changes).toEqual([]);
      },
    ),
  );
});

test("the order in which credentials are declared changes nothing", () => {
  const credentials = [OURA, credentialNamed("strava"), credentialNamed("polar", { environment: "second" })];
  const plans = [credentials, credentials.toReversed()].map((ordered) => {
    const wanted = wantedOf(ordered);
    return differenceOf(wanted, new Model().facts(wanted));
  });
  expect(plans[0]).toEqual(plans[1]);
  expect(plans.every(isSettled)).toBe(false);
});
