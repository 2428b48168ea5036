import type { Child } from "hono/jsx";
import type { Console } from "../console.ts";
import type { End } from "../operation.ts";
import type { Looked } from "./look.ts";
import { ApplyOutcome } from "./outcome.tsx";
import { PlanView } from "./plan-view.tsx";

interface PlanPageProps {
  readonly console: Console;
  readonly looked: Looked;
  /** Has what was written committed; undefined: there is nothing. */
  readonly commit: Child | undefined;
}

export function PlanPage({ console, looked, commit }: PlanPageProps) {
  return (
    <>
      <p>
        What differs between the declarations in this folder and GitHub. Looking changes nothing.{" "}
        <a href="/plan">Look again</a>
      </p>
      <PlanView console={console} looked={looked} />
      <Commit commit={commit} />
    </>
  );
}

interface ApplyPageProps extends PlanPageProps {
  readonly end: End;
}

/** What came of an apply, and what is left. */
export function AppliedPage({ console, looked, commit, end }: ApplyPageProps) {
  return (
    <>
      <ApplyOutcome end={end} />
      <Commit commit={commit} />
      <h2>The plan now</h2>
      <PlanView console={console} looked={looked} />
    </>
  );
}

function Commit({ commit }: Pick<PlanPageProps, "commit">) {
  if (commit === undefined) return null;
  return (
    <section class="card" aria-labelledby="commit">
      <h2 id="commit">Commit it, and push</h2>
      {commit}
    </section>
  );
}

/** `id`: of the apply that goes on. */
export function AnotherPlan({ id }: { readonly id: string }) {
  return (
    <>
      <p>Another plan is being applied, so nothing of this one was done. One thing at a time.</p>
      <p class="actions">
        <a class="button main" href={`/plan/apply/${id}`}>
          Watch it
        </a>
      </p>
    </>
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
