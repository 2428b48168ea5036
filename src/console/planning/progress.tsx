import { Badge } from "../../page/badge.tsx";
import type { End, Operation } from "../operation.ts";

/** In a line; the page's next paragraph tells more. */
function endWords(end: End): string {
  if (end.kind === "failed") return end.error.code === "stale" ? "Nothing was done." : "It failed.";
  if (end.result.kind !== "apply" || end.result.report.outcome !== "applied") return "Nothing was done.";
  const { results } = end.result.report;
  const done = results.filter((step) => step.outcome === "done").length;
  return done === results.length
    ? "All of the plan was done."
    : `Of the plan’s ${String(results.length)} changes, ${String(done)} were done.`;
}

/**
 * How far an apply is, for a page that keeps itself up to date: what comes with the end has no `data-live` any more,
 * so that the plan below is not made again and again.
 */
export function ApplyProgress({ operation: { id, said, end } }: { readonly operation: Operation }) {
  if (end !== undefined)
    return (
      <>
        <div role="status">
          <p id="apply-now">{endWords(end)}</p>
        </div>
        <div id="apply-said" />
      </>
    );
  return (
    <>
      <div role="status">
        <p id="apply-now" data-live>
          <Badge tone="busy">at work</Badge>{" "}
          {said.at(-1)?.line ?? "Looking whether all is still as you saw it."}
        </p>
      </div>
      <div id="apply-said" data-live>
        <p>
          <a href={`/plan/apply/${id}`}>See how far it is</a>
        </p>
        <ol class="said">
          {said.map(({ line }) => (
            <li>{line}</li>
          ))}
        </ol>
      </div>
    </>
  );
}
