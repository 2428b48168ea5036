import { whatMatters } from "./days.ts";
import type { History } from "./read.ts";
import { Timeline } from "./timeline.tsx";
import { historyHref, SHOWN } from "./view.ts";
import type { View } from "./view.ts";

export interface HistoryProps {
  readonly name: string;
  readonly history: History;
  readonly view: View;
}

/** What happened to a credential, with ways to see more of it. */
export function HistorySection({ name, history, view }: HistoryProps) {
  const { lines, reach, site } = history;
  const wanted = view.lines === "all" ? lines : whatMatters(lines);
  const shown = wanted.slice(0, SHOWN[view.length]);
  const isMore = view.length === "newest" && (shown.length < wanted.length || reach === "cut");
  return (
    <section class="card" aria-labelledby="history">
      <h2 id="history">History (UTC)</h2>
      {shown.length === 0 ? (
        <p>The journal has nothing of it yet.</p>
      ) : (
        <>
          <Filter name={name} view={view} />
          <Timeline lines={shown} site={site} />
        </>
      )}
      {isMore ? (
        <p>
          <a class="button" href={historyHref(name, { ...view, length: "long" })}>
            Show older
          </a>
        </p>
      ) : null}
      {view.length === "long" && reach === "cut" ? (
        <p class="faint">Older lines are in the journal's branch, commit by commit.</p>
      ) : null}
    </section>
  );
}

function Filter({ name, view }: Pick<HistoryProps, "name" | "view">) {
  return (
    <p class="faint">
      {view.lines === "all" ? "Everything is shown. " : "What was begun and ended is one line. "}
      <a href={historyHref(name, { ...view, lines: view.lines === "all" ? "matters" : "all" })}>
        {view.lines === "all" ? "Only what matters" : "Show everything"}
      </a>
    </p>
  );
}
