import type { Change, Sign } from "../difference/plan.ts";
import { titleOf } from "../difference/title.ts";
import { EXIT, exitOf, SealringError } from "../errors.ts";
import type { ErrorCode, ExitCode } from "../errors.ts";

/** What became of one change. */
export interface Step {
  /** `start`: of a workflow, so that it publishes. */
  readonly sign: Sign | "start";
  readonly title: string;
  /** `skipped`: what it needs failed, or the command was interrupted. */
  readonly outcome: "done" | "failed" | "skipped";
  readonly error: StepError | undefined;
}

export interface StepError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | undefined;
  /** As a SealringError's. */
  readonly reason?: string | undefined;
}

/**
 * Does something that may be done twice, and says what became of it instead of throwing. After GitHub has asked for a pause
 * it is tried again: the next request waits for as long.
 */
export async function attempt(
  what: Pick<Step, "sign" | "title">,
  work: () => Promise<unknown>,
): Promise<Step> {
  const first = await tried(work);
  const error = first?.code === "rate_limited" ? await tried(work) : first;
  return { ...what, outcome: error === undefined ? "done" : "failed", error };
}

async function tried(work: () => Promise<unknown>): Promise<StepError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    const { code, message, hint } = error;
    // No scheduled run applies.
    const passes = code === "transient" || code === "rate_limited";
    return { code, message, hint: passes ? "run again: sealring apply" : hint };
  }
}

/** A refusal does not pass by itself: somebody has to give a permission, or make room. */
export function exitOfTrouble(code: ErrorCode): ExitCode {
  return code === "store_refused" ? EXIT.personNeeded : exitOf(code);
}

/** A step that was not tried. */
export function skipped(what: Pick<Step, "sign" | "title">, error: StepError): Step {
  return { ...what, outcome: "skipped", error };
}

export function naming(change: Change): Pick<Step, "sign" | "title"> {
  return { sign: change.sign, title: titleOf(change) };
}
