import { Notice } from "../../page/notice.tsx";
import { ErrorNotice } from "../error-notice.tsx";
import { spreadMarginSeconds } from "../../plan.ts";
import type { Drawn } from "../history/chart-layout.ts";
import { LifetimesSection } from "../history/lifetimes-section.tsx";
import type { History } from "../history/read.ts";
import { HistorySection } from "../history/section.tsx";
import type { View } from "../history/view.ts";
import type { Operation } from "../operation.ts";
import { FaultText } from "../tiles/faulty-card.tsx";
import { DeclaredFacts } from "./facts.tsx";
import type { Gathered, Subject } from "./gather.ts";
import { NowCard } from "./now-card.tsx";
import { ProviderSection } from "./provider.tsx";

export interface CredentialPageProps {
  readonly name: string;
  readonly gathered: Gathered;
  readonly view: View;
  /** What this console is doing for it. */
  readonly running: Operation | undefined;
}

/** Everything about one credential: how it is, what it is declared to be, and what it went through. */
export function CredentialPage({ name, gathered, view, running }: CredentialPageProps) {
  const { subject, history, window, trouble } = gathered;
  return (
    <>
      <div id="trouble" data-live>
        {trouble === undefined ? null : <ErrorNotice error={trouble} />}
      </div>
      <div id="known" data-live>
        <Declared name={name} subject={subject} running={running} now={window.to} />
      </div>
      <div id="past" data-live>
        {history === undefined ? null : (
          <>
            <LifetimesSection drawn={drawnOf(gathered, history)} history={history} />
            <HistorySection name={name} history={history} view={view} />
          </>
        )}
      </div>
      {subject.kind === "declared" ? (
        <ProviderSection provider={subject.credential.provider} last={subject.status?.entry} />
      ) : null}
    </>
  );
}

type DeclaredProps = Pick<CredentialPageProps, "name" | "running"> & {
  readonly subject: Subject;
  readonly now: Date;
};

function Declared({ name, subject, running, now }: DeclaredProps) {
  switch (subject.kind) {
    case "gone":
      return (
        <Notice tone="idle">
          <p>{`No file declares ${name} any more. What the journal has of it is below.`}</p>
        </Notice>
      );
    case "faulty":
      return <Faulty name={name} subject={subject} />;
    case "declared":
      return (
        <>
          {subject.credential.description === undefined ? null : <p>{subject.credential.description}</p>}
          <div class="credential-top">
            <NowCard subject={subject} running={running} now={now} />
            <section class="card" aria-labelledby="declared">
              <h2 id="declared">As it is declared</h2>
              <DeclaredFacts credential={subject.credential} />
            </section>
          </div>
        </>
      );
  }
}

function Faulty({
  name,
  subject: { faults, isAmendable },
}: Pick<DeclaredProps, "name"> & { readonly subject: Extract<Subject, { kind: "faulty" }> }) {
  return (
    <section class="card" aria-labelledby="faults">
      <h2 id="faults">Its file has faults</h2>
      {faults.map((fault) => (
        <FaultText fault={fault} />
      ))}
      {isAmendable ? (
        <p class="actions">
          <a class="button main" href={`/credentials/${name}/edit`}>
            Edit
          </a>
          <a class="button" href={`/credentials/${name}/remove`}>
            Remove
          </a>
        </p>
      ) : (
        <p>It cannot be edited or removed here: do that in the folder itself.</p>
      )}
    </section>
  );
}

function drawnOf({ subject, window }: Gathered, { lifetimes, knownFrom }: History): Drawn {
  return { lifetimes, window, knownFrom, marginSeconds: marginSeconds(subject, lifetimes) };
}

/** As declared, or as runs take it for the newest token. */
function marginSeconds(subject: Subject, lifetimes: History["lifetimes"]): number | undefined {
  if (subject.kind !== "declared") return undefined;
  const { name, marginSeconds: declared } = subject.credential;
  const newest = lifetimes.findLast(({ until }) => until !== undefined);
  if (newest?.until === undefined) return undefined;
  return declared ?? spreadMarginSeconds(name, newest.from, newest.until);
}
