import type { Planned } from "../../commands/plan.ts";
import { countOf } from "../../difference/plan.ts";
import { Notice } from "../../page/notice.tsx";
import { TOKEN_NAME } from "../../stores/sign-in.ts";
import type { Console } from "../console.ts";
import { isOfFolder } from "./commit.ts";
import { FormToken } from "../page.tsx";

interface ApplyProps {
  readonly console: Console;
  readonly id: string;
  readonly planned: Planned;
}

interface OwnTokenProps {
  readonly console: Console;
  readonly plan: Planned["plan"];
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
        Exactly what stands above is done. If something has changed since you looked, nothing is done, and you
        see the new plan. {countOf(plan, "remove") === 0 ? "Nothing is removed." : null}{" "}
        {plan.changes.some(isOfFolder) ? "Files are written into this folder, to be committed next." : null}
      </p>
      <OwnToken console={console} plan={plan} />
      <form method="post" action="/plan/apply" class="actions">
        <FormToken console={console} />
        <input type="hidden" name="plan" value={id} />
        <button class={removed === 0 ? "main" : "danger"}>
          {removed === all ? `Remove ${secrets(all)}` : `Make ${count(all)}`}
        </button>
        {back}
      </form>
    </section>
  );
}

/** A token that was not typed for it is the one that this console works with. */
function OwnToken({ console, plan }: OwnTokenProps) {
  const isSealed = plan.changes.some((change) => change.kind === "seal" && change.secretName === TOKEN_NAME);
  if (!isSealed || console.typed.has(TOKEN_NAME)) return null;
  return (
    <Notice tone="warning">
      <p>
        {"The token that this console was started with becomes the workflow’s "}
        <code>{TOKEN_NAME}</code>, and stays at GitHub. One for this repository alone, with Environments and
        Secrets only, is safer: start the console without <code>{TOKEN_NAME}</code> in its variables, and
        paste it here.
      </p>
    </Notice>
  );
}

function PruneWarning({ removed }: { readonly removed: number }) {
  const what = removed === 1 ? "One secret" : secrets(removed);
  return (
    <Notice tone="warning">
      <p>
        <strong>{`${what} that pipelines may still read will be removed from GitHub.`}</strong> Nobody can
        bring a removed secret back. Make sure that no workflow reads {removed === 1 ? "it" : "them"} any
        more.
      </p>
    </Notice>
  );
}

function secrets(count: number): string {
  return count === 1 ? "1 secret" : `${String(count)} secrets`;
}

function count(changes: number): string {
  return changes === 1 ? "this change" : `these ${String(changes)} changes`;
}
