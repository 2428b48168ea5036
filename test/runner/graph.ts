import type { Result } from "./job.ts";
import type { JobDefinition } from "./template.ts";
import type { StatusFunctions } from "./expression.ts";

export type Results = Readonly<Record<string, Result>>;

/** Performs jobs, each when those that it needs have ended, and gives what became of each. */
export async function performGraph(
  jobs: readonly JobDefinition[],
  perform: (job: JobDefinition, ancestors: Results) => Promise<Result>,
): Promise<Results> {
  const started = new Map<string, Promise<Result>>();
  const resultOf = (id: string): Promise<Result> => {
    const known = started.get(id) ?? start(id);
    started.set(id, known);
    return known;
  };
  const start = async (id: string): Promise<Result> => {
    const job = jobs.find((each) => each.id === id);
    if (job === undefined) throw new Error(`there is no job ${id}`);
    const ancestors = await resultsOf(ancestorsOf(job, jobs), resultOf);
    return perform(job, ancestors);
  };
  return resultsOf(
    jobs.map(({ id }) => id),
    resultOf,
  );
}

async function resultsOf(
  ids: readonly string[],
  resultOf: (id: string) => Promise<Result>,
): Promise<Results> {
  return Object.fromEntries(await Promise.all(ids.map(async (id) => [id, await resultOf(id)] as const)));
}

/** The jobs that a job needs, and those that they need. */
function ancestorsOf(job: JobDefinition, jobs: readonly JobDefinition[]): readonly string[] {
  const parents = jobs.filter(({ id }) => job.needs.includes(id));
  return [...new Set(parents.flatMap((parent) => [parent.id, ...ancestorsOf(parent, jobs)]))];
}

/**
 * The status functions of a job's `if`: `success()` asks for every ancestor, and a skipped one is no success;
 * `failure()` for any (docs: "Evaluate expressions in workflows and actions", status check functions).
 */
export function jobStatus(ancestors: Results, run: "going_on" | "cancelled"): StatusFunctions {
  const results = Object.values(ancestors);
  const cancelled = run === "cancelled";
  return {
    success: () => !cancelled && results.every((result) => result === "success"),
    failure: () => results.includes("failure"),
    cancelled: () => cancelled,
    always: () => true,
  };
}

/** What a graph of jobs comes to, for a run, or for a job that calls a workflow. */
export function worst(results: Results): Result {
  const all = Object.values(results);
  const order: readonly Result[] = ["failure", "cancelled", "success"];
  return order.find((result) => all.includes(result)) ?? "skipped";
}
