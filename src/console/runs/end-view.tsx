import { Notice } from "../../page/notice.tsx";
import { ErrorNotice } from "../error-notice.tsx";
import type { CredentialResult } from "../../protocol/result.ts";
import type { StepError } from "../../commands/step.ts";
import type { Operation, Result } from "../operation.ts";
import { FollowedView } from "./followed-view.tsx";
import { NextActions } from "./next-actions.tsx";

/** How an operation ended, and what to do now; nothing while it goes on. */
export function EndView({ operation }: { readonly operation: Operation }) {
  const { kind, end } = operation;
  if (end === undefined) return null;
  return end.kind === "failed" ? (
    <Failed error={end.error} startsRun={mayStartRun(kind)} />
  ) : (
    <Done result={end.result} operation={operation} />
  );
}

function mayStartRun(kind: Operation["kind"]): boolean {
  return kind !== "authorize" && kind !== "apply";
}

function Failed({ error, startsRun }: { readonly error: StepError; readonly startsRun: boolean }) {
  return (
    <>
      <ErrorNotice error={error} />
      {error.code === "store_refused" ? (
        <p>
          What GitHub lacks, <a href="/plan">the plan</a> shows.
        </p>
      ) : null}
      {startsRun && error.code === "transient" ? (
        <p>
          Whether a run was started all the same, GitHub shows under Actions. Look there before you try again.
        </p>
      ) : null}
    </>
  );
}

interface DoneProps {
  readonly result: Result;
  readonly operation: Pick<Operation, "id" | "credential">;
}

function Done({ result, operation: { id, credential } }: DoneProps) {
  switch (result.kind) {
    case "run":
      return <FollowedView followed={result.followed} />;
    case "recover":
      return (
        <>
          {result.report.results.map((each) => (
            <Recovered result={each} />
          ))}
        </>
      );
    case "authorize":
      return <Elsewhere href={`/credentials/${credential ?? ""}/authorize`} />;
    case "apply":
      return <Elsewhere href={`/plan/apply/${id}`} />;
  }
}

/** Its own page tells more. */
function Elsewhere({ href }: { readonly href: string }) {
  return (
    <Notice tone="idle">
      <p>
        It has ended. <a href={href}>See what came of it</a>.
      </p>
    </Notice>
  );
}

function Recovered({ result }: { readonly result: CredentialResult }) {
  const { outcome, credential, message, hint } = result;
  if (outcome !== "recovered" && outcome !== "fresh")
    return <ErrorNotice error={{ message: message ?? `${credential}: ${outcome}`, hint }} />;
  return (
    <Notice tone="good">
      <p>
        <strong>{`${credential}: ${message ?? "all is settled"}.`}</strong>
      </p>
      <p>To have its outputs written now, recover it once more: the workflow does that.</p>
      <NextActions name={credential} generation={result.generation ?? 0} next={["recover"]} />
    </Notice>
  );
}
