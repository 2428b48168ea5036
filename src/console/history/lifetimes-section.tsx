import { Instant } from "../../page/instant.tsx";
import type { Drawn } from "./chart-layout.ts";
import { LifetimesChart } from "./chart.tsx";
import { LifetimesTable } from "./lifetimes-table.tsx";
import { partsOf } from "./part.ts";
import type { History } from "./read.ts";

export interface LifetimesProps {
  readonly drawn: Drawn;
  readonly history: History;
}

/** The access tokens of the last 30 days, as a picture and as a table; nothing where there was none. */
export function LifetimesSection({ drawn, history }: LifetimesProps) {
  if (!drawn.lifetimes.some((lifetime) => partsOf(lifetime, drawn.window).length > 0)) return null;
  return (
    <section class="card" aria-labelledby="lifetimes">
      <h2 id="lifetimes">The last 30 days</h2>
      <LifetimesChart drawn={drawn} />
      <Reach drawn={drawn} history={history} />
      <details>
        <summary>The same as a table</summary>
        <LifetimesTable drawn={drawn} />
      </details>
    </section>
  );
}

/** Why the picture may begin later than it should. */
function Reach({ drawn: { window }, history: { lines, reach } }: LifetimesProps) {
  const compacted = lines.find(({ what, at }) => what.kind === "compacted" && at >= window.from);
  const oldest = lines.at(-1);
  if (compacted !== undefined)
    return (
      <p class="faint">
        {"The journal was compacted "}
        <Instant at={compacted.at} />
        {": what was before is not known any more."}
      </p>
    );
  if (reach === "whole" || oldest === undefined || oldest.at <= window.from) return null;
  return (
    <p class="faint">
      {"Read back to "}
      <Instant at={oldest.at} />.
    </p>
  );
}
