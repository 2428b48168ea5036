import type { Change, Sign } from "../difference/plan.ts";
import { titleOf } from "../difference/title.ts";
import { SealringError } from "../errors.ts";
import type { ErrorCode } from "../errors.ts";

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
}

/** Does something, and says what became of it instead of throwing. */
export async function attempt(
  what: Pick<Step, "sign" | "title">,
  work: () => Promise<unknown>,
): Promise<Step> {
  try {
    await work();
    return { ...what, outcome: "done", error: undefined };
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    const { code, message, hint } = error;
    return { ...what, outcome: "failed", error: { code, message, hint } };
  }
}

/** A step that was not tried. */
export function skipped(what: Pick<Step, "sign" | "title">, error: StepError): Step {
  return { ...what, outcome: "skipped", error };
}

export function naming(change: Change): Pick<Step, "sign" | "title"> {
  return { sign: change.sign, title: titleOf(change) };
}
