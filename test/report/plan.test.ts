import { expect, test } from "vitest";
import type { Plan } from "../../src/difference/plan.ts";
import { applyJson, applyText } from "../../src/report/apply.ts";
import { planJson, planText } from "../../src/report/plan.ts";

const ENVIRONMENT = { kind: "environment", repository: "acme/credentials", environment: "sealring" } as const;
const OUTPUTS = { kind: "organization", organization: "acme", app: "dependabot" } as const;
const BYTES = new Uint8Array();
const LONG = "a-folder-with-a-name".repeat(5);

const PLAN: Plan = {
  changes: [
    { kind: "confine", sign: "add", environment: "sealring", branch: "main", before: undefined },
    {
      kind: "place_action",
      sign: "change",
      folder: "action",
      write: [{ path: "a", bytes: BYTES }],
      remove: ["b", "c"],
    },
    {
      ...{ kind: "write_file", sign: "change", path: ".github/workflows/sealring.yml", bytes: BYTES },
      diff: ["@@ line 12", ` ${LONG}`, "-gone", "+new"],
    },
    { kind: "remove_file", sign: "remove", path: ".github/workflows/sealring-2.yml" },
    { kind: "seal", sign: "add", target: ENVIRONMENT, secretName: "SEALRING_GITHUB_TOKEN" },
    {
      ...{ kind: "publish", sign: "change", credential: "oura", target: OUTPUTS, secretName: "OURA_TOKEN" },
      why: "overwritten",
    },
    { kind: "enable", sign: "change", workflowFile: "sealring.yml", before: "by hand" },
    {
      ...{ kind: "prune", sign: "remove", secret: "gone" },
      output: { credential: "oura", target: OUTPUTS, secretName: "OLD_TOKEN", at: new Date(0) },
    },
  ],
  tasks: [{ kind: "person", what: "oura is not authorized yet", command: "sealring authorize oura" }],
  remarks: [
    { kind: "warning", what: "it will not fit", hint: "make room" },
    { kind: "remark", what: "a \u202ename", hint: undefined },
  ],
  blanks: [{ kind: "unknown", what: "a store", code: "transient", reason: "it is down", hint: "run again" }],
};

const TEXT = `+ environment sealring, open to main only
~ the action in action (1 file to write, 2 files to remove)
    - b
    - c
~ .github/workflows/sealring.yml
    @@ line 12
     ${LONG.slice(0, 74)}…
    -gone
    +new
- .github/workflows/sealring-2.yml
+ SEALRING_GITHUB_TOKEN in environment sealring of acme/credentials, given here
~ OURA_TOKEN in dependabot secrets of organization acme (somebody overwrote it)
~ the schedule of sealring.yml, disabled by hand
- OLD_TOKEN in dependabot secrets of organization acme (already gone; to be
  forgotten)

! oura is not authorized yet
  run: sealring authorize oura

· warning: it will not fit
  make room
· a \ufffdname

? a store: not known, it is down
  run again

Plan: 2 to add, 4 to change, 2 to remove, 1 for a person, 1 not known.
`;

test("a plan is told in lines of 80 characters, changes first", () => {
  expect(planText(PLAN)).toBe(TEXT);
  expect(TEXT.split("\n").every((line) => line.length <= 80)).toBe(true);
});

test("that there is nothing to do is said plainly, and of what is not known it is not claimed", () => {
  const settled = { changes: [], tasks: [], remarks: [], blanks: [] };
  expect(planText(settled)).toBe("Nothing to do: everything is as declared.\n");
  expect(planText({ ...settled, blanks: PLAN.blanks })).toContain(
    "Nothing to do as far as is known: 1 not known.\n",
  );
  expect(planText({ ...settled, tasks: PLAN.tasks })).toContain("Nothing to do for apply: 1 for a person.\n");
});

test("each item has its outcome as JSON, and no bytes", () => {
  const { changes, tasks, remarks, blanks } = PLAN;
  const items = [...changes, ...tasks, ...remarks, ...blanks].map(planJson);
  expect(items.map((item) => (item as { outcome: string }).outcome)).toEqual([
    ...["add", "change", "change", "remove", "add", "change", "change", "remove"],
    ...["person", "warning", "remark", "unknown"],
  ]);
  expect(items[1]).toMatchObject({
    kind: "place_action",
    folder: "action",
    write: ["a"],
    remove: ["b", "c"],
  });
  expect(items[5]).toMatchObject({ credential: "oura", secret: "OURA_TOKEN", why: "overwritten" });
  expect(JSON.stringify(items)).not.toContain("bytes");
});

test("an apply tells what failed, counts what was done, and says what is next", () => {
  const error = { code: "transient", message: "it is down", hint: "run again" } as const;
  const results = [
    { sign: "add", title: "one", outcome: "done", error: undefined },
    { sign: "start", title: "a workflow", outcome: "done", error: undefined },
    { sign: "remove", title: "two", outcome: "failed", error },
  ] as const;
  expect(applyText({ outcome: "applied", results, plan: PLAN })).toBe(`x two: failed, it is down
  run again

Applied: 1 added, 0 changed, 0 removed, 1 not done.
1 could not be looked at, and is marked with ? above.
Next:
  sealring authorize oura
  commit the changed files, and push
`);
  expect(applyJson(results[2])).toEqual({ outcome: "failed", sign: "remove", what: "two", ...error });
});

test("a refused apply says that nothing was changed, and one without a difference nothing more", () => {
  expect(applyText({ outcome: "declined", results: [], plan: PLAN })).toBe("Nothing was changed.\n");
  expect(applyText({ outcome: "nothing_to_do", results: [], plan: PLAN })).toBe("");
});

test("the first of the files that go with an action's old version are named, and the others counted", () => {
  const remove = ["g", "f", "e", "d", "c", "b", "a\u202e"].map((name) => `action/${name}`);
  const change = { kind: "place_action", sign: "change", folder: "action", write: [], remove } as const;
  const text = planText({ changes: [change], tasks: [], remarks: [], blanks: [] });
  expect(text.split("\n").slice(1, 7)).toEqual([
    "    - action/a\ufffd",
    "    - action/b",
    "    - action/c",
    "    - action/d",
    "    - action/e",
    "      and 2 more",
  ]);
});
