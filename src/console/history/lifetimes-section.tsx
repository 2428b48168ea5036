import { Instant } from "../../page/instant.tsx";
import type { Drawn } from "./chart-layout.ts";
import { LifetimesChart } from "./chart.tsx";
import { LifetimesTable } from "./lifetimes-table.tsx";
import { partsOf } from "./part.ts";
import type { History } from "./read.ts";
import { summaryOf } from "./summary.ts";

export interface LifetimesProps {
  readonly drawn: Drawn;
  readonly history: History;
}

/** The access tokens of the last 30 days, as a picture and as a table; nothing where there was none. */
export function LifetimesSection({ drawn, history }: LifetimesProps) {
  const shown = drawn.lifetimes.filter((lifetime) => partsOf(lifetime, drawn.window).length > 0);
  if (shown.length === 0) return null;
  // Of tokens without an end that is known there is nothing to draw.
  const isDrawn = shown.some(({ until }) => until !== undefined);
  const table = <LifetimesTable drawn={drawn} />;
  return (
    <section class="card" aria-labelledby="lifetimes">
      <h2 id="lifetimes">The last 30 days</h2>
      {isDrawn ? <LifetimesChart drawn={drawn} /> : <p>{summaryOf(drawn)}</p>}
      <Reach drawn={drawn} history={history} />
      {isDrawn ? (
        <details>
          <summary>The same as a table</summary>
          {table}
        </details>
      ) : (
        table
      )}
    </section>
  );
}

/** Why the picture may begin later than it should. */
function Reach({ drawn: { window, knownFrom }, history: { lines } }: LifetimesProps) {
  const compacted = lines.find(({ what, at }) => what.kind === "compacted" && at >= window.from);
  if (compacted !== undefined)
    return (
      <p class="faint">
        {"The journal was compacted "}
        <Instant at={compacted.at} />
        {": what was before is not known any more."}
      </p>
    );
  if (knownFrom === undefined) return null;
  return (
    <p class="faint">
      {"Read back to "}
      <Instant at={knownFrom} />.
    </p>
  );
}
