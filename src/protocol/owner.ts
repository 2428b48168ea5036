import { hasIntent } from "../journal/entry.ts";
import type { Intent, JournalEntry } from "../journal/entry.ts";
import { refusal } from "./refuse.ts";
import type { Run } from "./run.ts";
import type { OwnerState } from "./settle.ts";

/** The longest that GitHub lets any job run: a self-hosted one, five days. */
const LONGEST_JOB_MILLISECONDS = 5 * 86_400_000;

const DAY_MILLISECONDS = 86_400_000;

const LONG_OVER: OwnerState = { kind: "over", endedAt: new Date(0) };

/** No process of sealring asks for more: half an hour for a user code, and its store. What is longer is not to be believed. */
const LONGEST_PROCESS_MILLISECONDS = 3 * 3_600_000;

/** Whether the owner of an entry's open intent may still act. */
export async function ownerState(run: Run, entry: JournalEntry): Promise<OwnerState> {
  const { intent } = entry;
  if (intent === undefined) return LONG_OVER;
  // No clock is a day ahead: somebody wrote it by hand, and must not keep a credential for ever.
  const tomorrow = new Date(run.clock.now().getTime() + DAY_MILLISECONDS);
  if (intent.openedAt > tomorrow || (intent.releasedAt ?? tomorrow) > tomorrow) return LONG_OVER;
  if (intent.releasedAt !== undefined) return { kind: "over", endedAt: intent.releasedAt };
  if (intent.owner.kind === "process") return byDeadline(run, believable(intent));
  const state = await run.github.runs.state(intent.owner);
  switch (state.kind) {
    case "running":
      return { kind: "alive" };
    case "ended":
      return { kind: "over", endedAt: state.endedAt };
    case "unknown":
      return byDeadline(run, new Date(believable(intent).getTime() + LONGEST_JOB_MILLISECONDS));
  }
}

/** A clock that is wrong, or somebody who writes to the branch, must not keep a credential for ever. */
function believable({ openedAt, deadline }: Intent): Date {
  return earlier(deadline, new Date(openedAt.getTime() + LONGEST_PROCESS_MILLISECONDS));
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

function byDeadline(run: Run, deadline: Date): OwnerState {
  return run.clock.now() < deadline ? { kind: "alive" } : { kind: "over", endedAt: deadline };
}

/**
 * When this process's secrets were read, at the latest: GitHub hands those of an environment out when the job starts.
 * Where the job is not known, the run's start is the moment that we can be sure of.
 */
export async function snapshotAt(run: Run): Promise<Date> {
  const { owner, startedAt } = run.self;
  if (owner.kind === "process") return startedAt;
  const state = await run.github.runs.state(owner);
  return state.kind === "unknown" ? startedAt : state.startedAt;
}

/** @throws SealringError `transient` while the owner of the entry's open intent may still act. */
export async function holdOwnerOver(run: Run, entry: JournalEntry): Promise<void> {
  if (!hasIntent(entry) || (await ownerState(run, entry)).kind === "over") return;
  throw refusal(run, entry.name, { kind: "busy", entry });
}
