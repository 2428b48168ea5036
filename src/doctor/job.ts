import type { Owner } from "../journal/entry.ts";
import type { Access } from "../github-settings.ts";
import type { Finding } from "./finding.ts";

/** What a job has to be told of itself. On a laptop there is none. */
export function judgeJob(owner: Owner, { webUrl }: Pick<Access, "webUrl">): Finding {
  const about = "job";
  if (owner.kind === "process")
    return { kind: "skipped", about, found: "what a job needs is looked at in a job" };
  if (owner.jobId !== undefined)
    return { kind: "ok", about, found: `run ${owner.runId}, job ${owner.jobId}` };
  const found =
    "SEALRING_JOB_ID is not set: after a crash, the next run waits until all of this run has ended";
  // A GitHub Enterprise Server has no job.check_run_id.
  if (webUrl !== "https://github.com") return { kind: "ok", about, found };
  const fix =
    "give the step SEALRING_JOB_ID: ${{ job.check_run_id }}, as the workflow of sealring apply does";
  return { kind: "warning", about, found, fix };
}
