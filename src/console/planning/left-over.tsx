import type { Planned } from "../../commands/plan.ts";
import { orphansOf } from "../../difference/orphans.ts";
import { Notice } from "../../page/notice.tsx";

/** Outputs that nothing declares any more, beside a plan that keeps them. */
export function leftOver({ wanted, facts }: Planned): readonly string[] {
  if (wanted.orphans === "prune") return [];
  return orphansOf(wanted, facts.journal).map(({ secretName }) => secretName);
}

/** Leads to the plan that removes them. */
export function LeftOver({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  const count = names.length === 1 ? "1 secret is" : `${String(names.length)} secrets are`;
  return (
    <Notice tone="warning">
      <p>
        <strong>{`${count} left over`}</strong>: {[...new Set(names)].sort().join(", ")}. Nothing declares{" "}
        {names.length === 1 ? "it" : "them"} any more, and pipelines may still read{" "}
        {names.length === 1 ? "it" : "them"}.
      </p>
      <p class="actions">
        <a class="button" href="/plan?orphans=prune">
          Look at what would go
        </a>
      </p>
    </Notice>
  );
}
