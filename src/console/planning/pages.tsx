import type { Console } from "../console.ts";
import type { Operation } from "../operation.ts";
import type { Looked } from "./look.ts";
import { ApplyOutcome, ApplyProgress } from "./outcome.tsx";
import { PlanView } from "./plan-view.tsx";
import { ToCommit } from "./to-commit.tsx";

interface PlanPageProps {
  readonly console: Console;
  readonly looked: Looked;
}

export function PlanPage({ console, looked }: PlanPageProps) {
  return (
    <>
      <p>
        What differs between the declarations in this folder and GitHub. Looking changes nothing.{" "}
        <a href="/plan">Look again</a>
      </p>
      <PlanView console={console} looked={looked} />
    </>
  );
}

interface ApplyPageProps {
  readonly console: Console;
  readonly operation: Operation;
  /** The plan as it is afterwards; undefined: it goes on. */
  readonly looked: Looked | undefined;
}

/** An apply: live while it goes on, then what came of it, and what is left. */
export function ApplyPage({ console, operation, looked }: ApplyPageProps) {
  const { id, end } = operation;
  if (end === undefined || looked === undefined)
    return (
      <div id="apply" data-live>
        <ApplyProgress operation={operation} />
        <p>
          <a href={`/plan/apply/${id}`}>See how far it is</a>
        </p>
      </div>
    );
  return (
    <div id="apply">
      <ApplyOutcome end={end} />
      <ToCommit end={end} />
      <h2>The plan now</h2>
      <PlanView console={console} looked={looked} />
    </div>
  );
}

export function UnknownPlan() {
  return (
    <>
      <p>The console does not know that plan any more, so nothing was done.</p>
      <p class="actions">
        <a class="button main" href="/plan">
          Look at the plan as it is now
        </a>
      </p>
    </>
  );
}
