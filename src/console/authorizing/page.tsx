import type { Child } from "hono/jsx";
import { Notice } from "../../page/notice.tsx";
import type { Credential } from "../../declaration/credential.ts";
import { DOING } from "../act-words.ts";
import type { Console } from "../console.ts";
import type { End, Operation } from "../operation.ts";
import { show } from "../page.tsx";
import { Forecast } from "./forecast.tsx";
import { obstacleOf } from "./obstacle.tsx";
import { Outcome } from "./outcome.tsx";
import { Progressing } from "./progressing.tsx";
import { StartForm } from "./start-form.tsx";
import { Status } from "./status.tsx";
import { Steps } from "./steps.tsx";
import type { Subject } from "./subject.ts";

export interface Asking {
  readonly console: Console;
  readonly subject: Subject;
  /** Whether it can still be called off. */
  readonly canStop: boolean;
  /** As the newest authorization began; undefined: it is declared so still. */
  readonly changedFrom: Credential | undefined;
  /** The operation that the person has just started; undefined: none. */
  readonly follow: string | undefined;
  /** Why nothing was begun for what was sent; undefined: nothing was sent, or it was begun. */
  readonly mistake: Mistake | undefined;
}

/**
 * `unticked`: where the client secret goes was not allowed; `changed`: the page had shown another secret, or others who get
 * it; `busy`: something else goes on.
 */
export type Mistake = "no_secret" | "id_as_secret" | "unticked" | "changed" | "busy";

const STATUS: Readonly<Record<Mistake, number>> = {
  no_secret: 400,
  id_as_secret: 400,
  unticked: 422,
  changed: 409,
  busy: 409,
};

/** How long a page tells of an authorization; then the credential's own page does. */
const TOLD_MILLISECONDS = 3_600_000;

/** The page on authorizing a credential: before, while it goes on, and after. */
export async function authorizePage(asking: Asking): Promise<Response> {
  const { console, subject, mistake } = asking;
  const { name, description } = subject.credential;
  const body = (
    <>
      <p class="faint">{[subject.credential.provider.name, description].filter(Boolean).join(" · ")}</p>
      <div role="status">
        <Status subject={subject} />
      </div>
      {await current(asking)}
    </>
  );
  const shown = { title: `Authorize ${name}`, body, current: "credentials" } as const;
  return show(console, shown, mistake === undefined ? 200 : STATUS[mistake]);
}

async function current(asking: Asking): Promise<Child> {
  const { console, subject, changedFrom } = asking;
  const { operation, other } = subject;
  if (other !== undefined) return <Busy operation={other} />;
  if (operation === undefined) return before(asking);
  const { end, endedAt } = operation;
  if (end === undefined) return <Progressing {...asking} operation={operation} />;
  const age = console.ports.clock.now().getTime() - (endedAt?.getTime() ?? 0);
  if (age > TOLD_MILLISECONDS) return before(asking);
  const outcome = await outcomeOf(asking, end);
  if (changedFrom === undefined) return after(asking, operation, outcome);
  // Of another file: it is no more than what was.
  return (
    <>
      {await before(asking)}
      <details>
        <summary>How it went before the file was changed</summary>
        {outcome}
        <Steps operation={operation} />
      </details>
    </>
  );
}

async function before({ console, subject, mistake }: Asking): Promise<Child> {
  const obstacle = await obstacleOf(console, subject);
  const { provider, grant } = subject.credential;
  const label =
    grant === "client_credentials" ? `Get a token from ${provider.name}` : `Authorize at ${provider.name}`;
  return (
    <div id="authorization" data-live>
      <Forecast subject={subject} />
      {obstacle ?? <StartForm console={console} subject={subject} label={label} mistake={mistake} />}
    </div>
  );
}

function Busy({ operation: { id, kind } }: { readonly operation: Operation }) {
  return (
    <div id="authorization" data-live>
      <Notice tone="busy">
        <p>{`${DOING[kind]} One thing at a time.`}</p>
        <p class="actions">
          <a class="button" href={`/operations/${id}`}>
            Watch it
          </a>
        </p>
      </Notice>
    </div>
  );
}

async function outcomeOf({ console, subject, changedFrom }: Asking, end: End): Promise<Child> {
  const credential = changedFrom ?? subject.credential;
  const git = await console.ports.git.state([credential.file]);
  return <Outcome credential={credential} end={end} git={git} />;
}

/** What has ended no longer changes by itself: a secret that is being typed there stays. */
function after({ console, subject, mistake }: Asking, operation: Operation, outcome: Child): Child {
  const { end } = operation;
  const isDone =
    end?.kind === "done" && end.result.kind === "authorize" && end.result.report.results.length > 0;
  const again = (
    <StartForm
      console={console}
      subject={subject}
      label={isDone ? "Authorize again" : "Try again"}
      mistake={mistake}
    />
  );
  return (
    <div id="authorization">
      {outcome}
      {isDone ? (
        <details open={mistake !== undefined}>
          <summary>Authorize again</summary>
          {again}
        </details>
      ) : (
        again
      )}
      <details>
        <summary>Steps</summary>
        <Steps operation={operation} />
      </details>
    </div>
  );
}
