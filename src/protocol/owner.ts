import type { Intent, JournalEntry, Owner } from "../journal/entry.ts";
import type { Run } from "./run.ts";
import type { OwnerState } from "./settle.ts";

/** The longest that GitHub lets any job run: a self-hosted one, five days. */
const LONGEST_JOB_MILLISECONDS = 5 * 86_400_000;

/** No process of sealring asks for more: half an hour for a user code, and its store. What is longer is not to be believed. */
const LONGEST_PROCESS_MILLISECONDS = 3 * 3_600_000;

/** Whether the owner of an entry's open intent may still act. */
export async function ownerState(run: Run, entry: JournalEntry): Promise<OwnerState> {
  const { intent } = entry;
  if (intent === undefined) return { kind: "over", endedAt: new Date(0) };
  // Its owner wrote that it gave up, and when.
  if (entry.phase === "ambiguous") return { kind: "over", endedAt: intent.deadline };
  if (intent.owner.kind === "process" || isSelf(run, intent.owner))
    return byDeadline(run, believable(intent));
  const state = await run.github.runs.state(intent.owner);
  switch (state.kind) {
    case "running":
      return { kind: "alive" };
    case "ended":
      return { kind: "over", endedAt: state.endedAt };
    case "unknown":
      return byDeadline(run, new Date(intent.deadline.getTime() + LONGEST_JOB_MILLISECONDS));
  }
}

/** An earlier process of this very job: GitHub would call its run running. */
function isSelf(run: Run, owner: Owner): boolean {
  const { owner: self } = run.self;
  return (
    self.kind === "run" &&
    owner.kind === "run" &&
    self.runId === owner.runId &&
    self.attempt === owner.attempt &&
    self.runner === owner.runner
  );
}

/** A clock that is wrong, or somebody who writes to the branch, must not keep a credential for ever. */
function believable({ openedAt, deadline }: Intent): Date {
  return new Date(Math.min(deadline.getTime(), openedAt.getTime() + LONGEST_PROCESS_MILLISECONDS));
}

function byDeadline(run: Run, deadline: Date): OwnerState {
  return run.clock.now() < deadline ? { kind: "alive" } : { kind: "over", endedAt: deadline };
}

/**
 * When this process's secrets were read, at the latest. GitHub hands them out when the job starts, which is after the
 * run does; the run's start is the moment that we can be sure of.
 */
export async function snapshotAt(run: Run): Promise<Date> {
  const { owner, startedAt } = run.self;
  if (owner.kind === "process") return startedAt;
  const state = await run.github.runs.state(owner);
  return state.kind === "unknown" ? startedAt : state.startedAt;
}
