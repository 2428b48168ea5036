import type { LogResult } from "../../commands/log.ts";
import type { Site } from "../../commands/status.ts";
import { Instant } from "../../page/instant.tsx";
import { loggedWords } from "../../report/log.ts";
import { runHref } from "../../page/href.ts";
import { daysOf, toneOf } from "./days.ts";

/** What happened to a credential, newest first, day by day. */
export function Timeline({ lines, site }: { readonly lines: readonly LogResult[]; readonly site: Site }) {
  return (
    <>
      {daysOf(lines).map(({ at, lines: own }) => (
        <section class="day">
          <h3>
            <time datetime={at.toISOString().slice(0, 10)}>{dayWords(at)}</time>
          </h3>
          <ol class="timeline">
            {own.map((line) => (
              <Line line={line} site={site} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

function Line({ line: { at, what }, site }: { readonly line: LogResult; readonly site: Site }) {
  return (
    <li class={`tone-${toneOf(what)}`}>
      <time datetime={at.toISOString()}>{at.toISOString().slice(11, 16)}</time>
      <span>{loggedWords(what)}</span>
      {what.kind === "event" ? (
        <span class="faint">
          {`generation ${String(what.event.generation)}`}
          <RunLink url={what.runUrl} site={site} />
        </span>
      ) : null}
      {what.kind === "compacted" ? (
        <span class="faint">
          {"until "}
          <Instant at={what.at} />
        </span>
      ) : null}
    </li>
  );
}

function RunLink({ url, site }: { readonly url: string | undefined; readonly site: Site }) {
  const href = runHref(url, site);
  if (href === undefined) return null;
  return (
    <>
      {", "}
      <a href={href}>{`run ${href.slice(href.lastIndexOf("/") + 1)}`}</a>
    </>
  );
}

/** `Mon, 23 Nov 2026`. */
function dayWords(day: Date): string {
  return day.toUTCString().slice(0, 16);
}
