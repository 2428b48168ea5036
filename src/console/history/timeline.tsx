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
          {/* The number of a revocation is an attempt's: no tokens have it. */}
          {what.event.kind === "revoked" ? null : `generation ${String(what.event.generation)}`}
          <Run url={what.runUrl} site={site} lead={what.event.kind === "revoked" ? "" : ", "} />
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

interface RunProps {
  readonly url: string | undefined;
  readonly site: Site;
  /** What stands between it and what is before it. */
  readonly lead: "" | ", ";
}

/** Its number, as the log has it; a link only where it is a run of this repository. */
function Run({ url, site, lead }: RunProps) {
  const number = /\/actions\/runs\/([0-9]{1,20})$/.exec(url ?? "")?.[1];
  if (number === undefined) return null;
  const href = runHref(url, site);
  const words = `run ${number}`;
  return (
    <>
      {lead}
      {href === undefined ? words : <a href={href}>{words}</a>}
    </>
  );
}

/** `Mon, 23 Nov 2026`. */
function dayWords(day: Date): string {
  return day.toUTCString().slice(0, 16);
}
