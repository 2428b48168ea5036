import { Badge } from "../../page/badge.tsx";
import { safeHref } from "../../page/href.ts";
import type { Tone } from "../../page/tone.ts";
import { minuteUtc } from "../../report/instants.ts";
import type { Console } from "../console.ts";
import type { Operation } from "../operation.ts";
import { FormToken } from "../page.tsx";
import { EndView } from "./end-view.tsx";

interface Props {
  readonly console: Console;
  readonly operation: Operation;
}

/** An operation as it goes on, live: how it stands, where it can be watched, what it came to, and every step. */
export function OperationView({ console, operation }: Props) {
  return (
    <section class="card operation" aria-label="How it goes">
      <div role="status">
        <p id="operation-now" data-live class="operation-now">
          <Now operation={operation} />
        </p>
        <div id="operation-end" data-live>
          <EndView operation={operation} />
        </div>
      </div>
      <div id="operation-where" data-live>
        <Where operation={operation} />
        {operation.mayLeave ? <Leave console={console} operation={operation} /> : null}
        {operation.end === undefined ? <LookAgain id={operation.id} /> : null}
      </div>
      <h2>Steps (UTC)</h2>
      <ol id="operation-steps" class="run-steps" data-live>
        {operation.said.map(({ at, line }) => (
          <li>
            <time datetime={at.toISOString()} title={`${minuteUtc(at)} UTC`}>
              {at.toISOString().slice(11, 19)}
            </time>
            <span>{line}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Now({ operation: { end, said } }: { readonly operation: Operation }) {
  const [tone, word] = stateOf(end);
  return (
    <>
      <Badge tone={tone}>{word}</Badge> {end === undefined ? (said.at(-1)?.line ?? "it begins") : null}
    </>
  );
}

function stateOf(end: Operation["end"]): readonly [tone: Tone, word: string] {
  switch (end?.kind) {
    case undefined:
      return ["busy", "at work"];
    case "done":
      return ["idle", "ended"];
    case "failed":
      return ["bad", "failed"];
  }
}

function Where({ operation: { url, invitation, credential } }: { readonly operation: Operation }) {
  const href = safeHref(url);
  return (
    <>
      {href === undefined ? null : (
        <p>
          <a href={href}>The run on GitHub</a>
        </p>
      )}
      {invitation === undefined || credential === undefined ? null : (
        <p>
          It waits for you: <a href={`/credentials/${credential}/authorize`}>go on there</a>.
        </p>
      )}
    </>
  );
}

function Leave({ console, operation: { id } }: Props) {
  return (
    <form method="post" action={`/operations/${id}/leave`} class="actions">
      <FormToken console={console} />
      <button>Stop watching</button>
      <span class="faint">The run itself goes on.</span>
    </form>
  );
}

function LookAgain({ id }: { readonly id: string }) {
  return (
    <noscript>
      <p>
        <a class="button" href={`/operations/${id}`}>
          Look again
        </a>
      </p>
    </noscript>
  );
}
