import type { End } from "../operation.ts";
import { filesOf } from "./applying.ts";

/** What an apply has written into the folder: runs read the default branch, so it has to get there. */
export function ToCommit({ end }: { readonly end: End }) {
  if (end.kind === "failed" || end.result.kind !== "apply") return null;
  const { plan, outcome } = end.result.report;
  const files = plan === undefined || outcome !== "applied" ? [] : filesOf({ plan });
  if (files.length === 0) return null;
  return (
    <section class="card" aria-labelledby="commit">
      <h2 id="commit">Commit and push</h2>
      <p>
        {files.length === 1 ? "One file was" : `${String(files.length)} files were`} written into this folder.
        The workflow runs from the default branch, so commit them with the declarations, and push:
      </p>
      <pre tabindex={0} role="group" aria-label="Commands">
        {'git add sealring.yaml credentials .github\ngit commit -m "Keep our tokens fresh"\ngit push'}
      </pre>
    </section>
  );
}
