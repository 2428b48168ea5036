import { formatDuration } from "../../duration.ts";
import { Instant } from "../../page/instant.tsx";
import type { Drawn } from "./chart-layout.ts";
import type { Lifetime } from "./lifetime.ts";
import { partsOf, secondsIn } from "./part.ts";

/** The picture of lifetimes as a table, newest first. */
export function LifetimesTable({ drawn: { lifetimes, window } }: { readonly drawn: Drawn }) {
  const shown = lifetimes.filter((lifetime) => partsOf(lifetime, window).length > 0).toReversed();
  return (
    <div class="scroll lifetimes-table" tabindex={0} role="region" aria-label="Lifetimes of access tokens">
      <table>
        <thead>
          <tr>
            <th scope="col">Generation</th>
            <th scope="col">Came</th>
            <th scope="col">Ends</th>
            <th scope="col">Left when replaced</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((lifetime) => (
            <tr>
              <th scope="row">{lifetime.generation}</th>
              <td>
                {`${lifetime.how} `}
                <Instant at={lifetime.from} />
              </td>
              <td>
                <Instant at={lifetime.until} />
              </td>
              <td>{leftOn(lifetime, window.to)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function leftOn({ until, leftAt }: Lifetime, now: Date): string {
  if (leftAt === undefined && (until === undefined || until > now)) return "in force";
  if (until === undefined) return "not known";
  const seconds = secondsIn({ from: leftAt ?? now, to: until });
  return seconds >= 0 ? formatDuration(seconds) : `expired for ${formatDuration(-seconds)}`;
}
