import type { Change } from "../difference/plan.ts";
import type { Sealer } from "../stores/sealer.ts";
import type { ApplyPorts, Planned } from "./plan.ts";
import { pooled } from "./pooled.ts";
import { attempt, naming, skipped } from "./step.ts";
import type { Step, StepError } from "./step.ts";

/** Few: writes to GitHub are let out one after the other anyway. */
const CONCURRENCY = 10;

/** Everything that the steps of an apply work with. */
export interface Stage {
  readonly ports: ApplyPorts;
  readonly planned: Planned;
  readonly sealer: Sealer;
  /** Says what became of a step, and how many are done. */
  readonly tell: (step: Step) => void;
}

export type ChangeOf<Kind extends Change["kind"]> = Extract<Change, { readonly kind: Kind }>;

export function ofKind<Kind extends Change["kind"]>(
  { plan }: Planned,
  kind: Kind,
): readonly ChangeOf<Kind>[] {
  return plan.changes.filter((change): change is ChangeOf<Kind> => change.kind === kind);
}

/** Works on each of these changes, a few at a time; after an interruption, on none that has not begun. */
export function each<Each extends Change>(
  stage: Stage,
  changes: readonly Each[],
  work: (change: Each) => Promise<unknown>,
): Promise<readonly Step[]> {
  return pooled(changes, CONCURRENCY, async (change) => {
    const step = stage.ports.stop.aborted
      ? skipped(naming(change), INTERRUPTED)
      : await attempt(naming(change), () => work(change));
    stage.tell(step);
    return step;
  });
}

const INTERRUPTED: StepError = {
  code: "interrupted",
  message: "interrupted before it began",
  hint: "run the rest: sealring apply",
};

/** Says each step as it ends: `12 of 98: + …`. */
export function teller({ progress }: Pick<ApplyPorts, "progress">, total: number): Stage["tell"] {
  let done = 0;
  return ({ sign, title, outcome, error }) => {
    const what = error === undefined ? title : `${title}: ${outcome}, ${error.message}`;
    // Whether a workflow is started is known only when its changes are made.
    if (sign !== "start") done += 1;
    progress.say(sign === "start" ? what : `${String(done)} of ${String(total)}: ${what}`);
  };
}
