import type { Planned } from "../../commands/plan.ts";
import { countOf } from "../../difference/plan.ts";
import { Notice } from "../../page/notice.tsx";
import type { Console } from "../console.ts";
import { FormToken } from "../page.tsx";

interface ApplyProps {
  readonly console: Console;
  readonly id: string;
  readonly planned: Planned;
}

/** Consent for exactly the plan that stands above it. */
export function ApplyForm({ console, id, planned: { plan, wanted } }: ApplyProps) {
  const [all, removed] = [plan.changes.length, plan.changes.filter(({ kind }) => kind === "prune").length];
  const back =
    wanted.orphans === "prune" ? <a href="/plan">Back to the plan that removes no outputs</a> : null;
  if (all === 0) return back === null ? null : <p>{back}</p>;
  return (
    <section class="card" aria-labelledby="apply">
      <h2 id="apply">Apply</h2>
      {removed === 0 ? null : <PruneWarning removed={removed} />}
      <p>
        Exactly what stands above is done: where something has moved since you looked, nothing is.{" "}
        {countOf(plan, "remove") === 0 ? "Nothing is removed." : null} Files are written into this folder, to
        be committed next.
      </p>
      <form method="post" action="/plan/apply" class="actions">
        <FormToken console={console} />
        <input type="hidden" name="plan" value={id} />
        <button class={removed === 0 ? "main" : "danger"}>{`Make ${count(all)}`}</button>
        {back}
      </form>
    </section>
  );
}

function PruneWarning({ removed }: { readonly removed: number }) {
  const what = removed === 1 ? "One secret" : `${String(removed)} secrets`;
  return (
    <Notice tone="warning">
      <p>
        <strong>{`${what} that pipelines may still read will be removed from GitHub.`}</strong> Nobody can
        bring a removed secret back. Make sure that no workflow reads them any more.
      </p>
    </Notice>
  );
}

function count(changes: number): string {
  return changes === 1 ? "this change" : `these ${String(changes)} changes`;
}
