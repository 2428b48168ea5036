import { Badge } from "../../page/badge.tsx";
import type { Operation } from "../operation.ts";

/**
 * How far an apply is, for a page that keeps itself up to date: what comes with the end has no `data-live` any more,
 * so that the plan below is not made again and again.
 */
export function ApplyProgress({ operation: { id, said, end } }: { readonly operation: Operation }) {
  if (end !== undefined)
    return (
      <>
        <div role="status">
          <p id="apply-now">It has ended.</p>
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
