import { expect, test } from "vitest";
import { evaluate, isTruthy } from "./expression.ts";
import { jobStatus, performGraph, worst } from "./graph.ts";
import type { Result } from "./job.ts";
import { parseWorkflowFile } from "./template.ts";

const WORKFLOW = `
on: workflow_dispatch
permissions: {}
jobs:
  first: { runs-on: ubuntu-latest, steps: [{ run: "true" }] }
  usual: { needs: first, runs-on: ubuntu-latest, steps: [{ run: "true" }] }
  next: { needs: first, if: "!cancelled()", runs-on: ubuntu-latest, steps: [{ run: "true" }] }
  rescue: { needs: first, if: failure(), runs-on: ubuntu-latest, steps: [{ run: "true" }] }
  far: { needs: rescue, if: failure(), runs-on: ubuntu-latest, steps: [{ run: "true" }] }
  after: { needs: next, runs-on: ubuntu-latest, steps: [{ run: "true" }] }
  last: { needs: [usual, after], if: always(), runs-on: ubuntu-latest, steps: [{ run: "true" }] }
`;

async function resultsWhen(first: Result, run: "going_on" | "cancelled") {
  const { jobs } = await parseWorkflowFile("x.yml", WORKFLOW);
  return performGraph(jobs, async ({ id, condition }, ancestors) => {
    if (id === "first") return first;
    const wanted = evaluate(condition, { contexts: {}, status: jobStatus(ancestors, run) });
    return isTruthy(wanted) ? "success" : "skipped";
  });
}

// docs.github.com, "Evaluate expressions in workflows and actions" and "Use jobs": a job that fails or is skipped skips all
// that need it, unless they say otherwise; `failure()` looks at every ancestor.
test("when a job fails, what needs it is skipped unless its `if` says otherwise", async () => {
  expect(await resultsWhen("failure", "going_on")).toEqual({
    ...{ first: "failure", usual: "skipped", next: "success", rescue: "success", far: "success" },
    // Its parent succeeded, but not all of its ancestors did.
    ...{ after: "skipped", last: "success" },
  });
});

test("when all goes well, only what waits for a failure is skipped", async () => {
  const results = await resultsWhen("success", "going_on");
  expect(results).toMatchObject({ usual: "success", next: "success", rescue: "skipped", after: "success" });
  expect(worst(results)).toBe("success");
});

test("when the run is cancelled, only what runs always still runs", async () => {
  const results = await resultsWhen("cancelled", "cancelled");
  expect(results).toMatchObject({ usual: "skipped", next: "skipped", rescue: "skipped", last: "success" });
  expect(worst(results)).toBe("cancelled");
});
