import type { RunState } from "../../ports.ts";
import { dateOf, textOf } from "./outcome.ts";

/**
 * What the jobs of an attempt say of one runner: a job of its own under way, or all of them over. undefined where they do
 * not say: it has none, or GitHub left out a time.
 */
export function stateOnRunner(jobs: readonly unknown[], runner: string): RunState | undefined {
  const own = jobs.filter((job) => textOf(job, "runner_name") === runner);
  const startedAt = latest(own, "started_at");
  if (startedAt === undefined) return undefined;
  if (own.some((job) => textOf(job, "status") !== "completed")) return { kind: "running", startedAt };
  const endedAt = latest(own, "completed_at");
  return endedAt && { kind: "ended", startedAt, endedAt };
}

/** The latest of a time that every job has; undefined when one has not, or there is none. */
function latest(jobs: readonly unknown[], key: string): Date | undefined {
  const times = jobs.map((job) => dateOf(job, key)?.getTime() ?? Number.NaN);
  const last = Math.max(...times);
  return Number.isFinite(last) ? new Date(last) : undefined;
}
