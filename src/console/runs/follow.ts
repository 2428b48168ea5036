import { visible } from "../../declaration/visible.ts";
import { SealringError } from "../../errors.ts";
import type { Dispatched, RunProgress, Runs, RunStatus } from "../../github.ts";
import type { Clock } from "../../ports.ts";
import type { Teller } from "../operations.ts";

/** Once every three seconds for a minute, then every ten; a quarter of an hour in all. */
const PAUSES_SECONDS = [...Array<number>(20).fill(3), ...Array<number>(84).fill(10)];

export interface Following {
  readonly runs: Pick<Runs, "firstDispatched" | "progress">;
  readonly workflowFile: string;
  readonly clock: Clock;
  readonly stop: AbortSignal;
  readonly teller: Pick<Teller, "say" | "watchAt">;
}

/**
 * Watches a run until it ends, and says what changes: as GitHub had it last; undefined: it was never seen. It goes on
 * without us where the console is stopped, or it takes too long.
 * @throws SealringError `store_refused` where the token may not read runs.
 */
export async function follow(following: Following, dispatched: Dispatched): Promise<RunProgress | undefined> {
  const { clock, stop, teller } = following;
  let runId = dispatched.kind === "run" ? dispatched.runId : undefined;
  let last: RunProgress | undefined;
  for (const seconds of PAUSES_SECONDS) {
    await clock.sleep(seconds * 1_000, stop);
    if (stop.aborted) break;
    runId ??= await patiently(() => find(following, dispatched));
    const id = runId;
    const next = id === undefined ? undefined : await patiently(() => following.runs.progress(id));
    if (next === undefined) continue;
    if (next.url !== last?.url) teller.watchAt(next.url);
    for (const line of newsOf(next)) if (last === undefined || !newsOf(last).includes(line)) teller.say(line);
    last = next;
    if (next.status === "completed") return next;
  }
  teller.say("the run goes on, and is not watched from here any more");
  return last;
}

async function find({ runs, workflowFile }: Following, dispatched: Dispatched): Promise<string | undefined> {
  if (dispatched.kind === "run") return dispatched.runId;
  return dispatched.since && runs.firstDispatched(workflowFile, dispatched.since);
}

/** GitHub has bad minutes; the run goes on in them, and is asked after again. */
async function patiently<Value>(ask: () => Promise<Value | undefined>): Promise<Value | undefined> {
  try {
    return await ask();
  } catch (error) {
    const passes =
      error instanceof SealringError && (error.code === "transient" || error.code === "rate_limited");
    if (passes) return undefined;
    throw error;
  }
}

const WAITING: Readonly<Record<Exclude<RunStatus, "in_progress" | "completed">, string>> = {
  queued: "the run is queued: it waits for a runner",
  waiting: "the run waits for somebody to approve it, as its environment asks",
  pending: "the run waits for another one to end",
};

function newsOf({ status, conclusion, atWork }: RunProgress): readonly string[] {
  switch (status) {
    case "queued":
    case "waiting":
    case "pending":
      return [WAITING[status]];
    case "in_progress":
      return atWork.map(({ job, step }) =>
        visible(step === undefined ? `${job}: at work` : `${job}: ${step}`),
      );
    case "completed":
      return [`the run has ended: ${visible(conclusion ?? "nobody knows how")}`];
  }
}
