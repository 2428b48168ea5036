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
  let run = dispatched;
  let last: RunProgress | undefined;
  let news: readonly string[] = [];
  let unanswered: Unanswered | undefined;
  for (const seconds of PAUSES_SECONDS) {
    await clock.sleep(seconds * 1_000, stop);
    if (stop.aborted) break;
    const since = unanswered?.since ?? clock.now();
    const look = await patiently(async () => {
      run = await find(following, run);
      return run.kind === "run" ? following.runs.progress(run.runId) : undefined;
    });
    unanswered = look.kind === "unanswered" ? { since, code: look.code } : undefined;
    const seen = look.kind === "answered" ? look.value : undefined;
    const next = unanswered === undefined ? newsOf(seen) : [silence(unanswered)];
    for (const line of next) if (!news.includes(line)) teller.say(line);
    news = next;
    if (seen === undefined) continue;
    if (seen.url !== last?.url) teller.watchAt(seen.url);
    last = seen;
    if (seen.status === "completed") return seen;
  }
  teller.say("the run goes on, and is not watched from here any more");
  return last;
}

async function find({ runs, workflowFile }: Following, run: Dispatched): Promise<Dispatched> {
  if (run.kind === "run" || run.since === undefined) return run;
  const runId = await runs.firstDispatched(workflowFile, run.since);
  return runId === undefined ? run : { kind: "run", runId };
}

const PASSING = ["transient", "rate_limited"] as const;

interface Unanswered {
  readonly since: Date;
  readonly code: (typeof PASSING)[number];
}

type Look =
  | { readonly kind: "answered"; readonly value: RunProgress | undefined }
  | { readonly kind: "unanswered"; readonly code: Unanswered["code"] };

/** GitHub has bad minutes; the run goes on in them, and is asked after again. */
async function patiently(ask: () => Promise<RunProgress | undefined>): Promise<Look> {
  try {
    return { kind: "answered", value: await ask() };
  } catch (error) {
    const code = PASSING.find((each) => error instanceof SealringError && error.code === each);
    if (code === undefined) throw error;
    return { kind: "unanswered", code };
  }
}

function silence({ since, code }: Unanswered): string {
  const what = code === "transient" ? "has not answered" : "has refused to be asked so often";
  return `GitHub ${what} since ${since.toISOString().slice(11, 19)} UTC: it is asked again`;
}

const WAITING: Readonly<Record<Exclude<RunStatus, "in_progress" | "completed">, string>> = {
  queued: "the run is queued: it waits for a runner",
  waiting: "the run waits for somebody to approve it, as its environment asks",
  pending: "the run waits for another one to end",
};

function newsOf(run: RunProgress | undefined): readonly string[] {
  switch (run?.status) {
    case undefined:
      return ["GitHub does not show the run yet"];
    case "queued":
    case "waiting":
    case "pending":
      return [WAITING[run.status]];
    case "in_progress":
      return run.atWork.map(({ job, step }) =>
        visible(step === undefined ? `${job}: at work` : `${job}: ${step}`),
      );
    case "completed":
      return [`the run has ended: ${visible(run.conclusion ?? "nobody knows how")}`];
  }
}
