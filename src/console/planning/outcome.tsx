import type { Child } from "hono/jsx";
import type { ApplyReport } from "../../commands/apply.ts";
import type { Step } from "../../commands/step.ts";
import { visible } from "../../declaration/visible.ts";
import { EXIT } from "../../errors.ts";
import type { ExitCode } from "../../errors.ts";
import { Badge } from "../../page/badge.tsx";
import { Notice } from "../../page/notice.tsx";
import { ErrorNotice } from "../error-notice.tsx";
import type { Tone } from "../../page/tone.ts";
import { appliedSummary } from "../../report/apply.ts";
import { Hint } from "../hint.tsx";
import type { End } from "../operation.ts";
import { Faults } from "./faults.tsx";
import { Folded } from "./diff.tsx";

/** What came of an apply. */
export function ApplyOutcome({ end }: { readonly end: End }): Child {
  if (end.kind === "failed")
    return end.error.code === "stale" ? <Moved end={end} /> : <ErrorNotice error={end.error} />;
  return end.result.kind === "apply" ? <Applied report={end.result.report} /> : null;
}

function Moved({ end: { error } }: { readonly end: Extract<End, { readonly kind: "failed" }> }) {
  return (
    <Notice tone="warning">
      <p>
        <strong>Something has moved since you looked, so nothing was done.</strong>
      </p>
      <p>{visible(error.message)}</p>
      <p>Below is the plan as it is now.</p>
    </Notice>
  );
}

function Applied({ report }: { readonly report: ApplyReport }) {
  const { exit, results, faults, outcome } = report;
  if (faults.length > 0) return <Faults faults={faults} />;
  const [tone, words] = wordsOf(exit);
  const done = results.filter((step) => step.outcome === "done");
  return (
    <>
      <Notice tone={tone}>
        <p>
          <strong>{outcome === "applied" ? appliedSummary(results) : "There was nothing to do."}</strong>{" "}
          {words}
        </p>
      </Notice>
      <Steps steps={results.filter((step) => step.outcome !== "done")} />
      {done.length === 0 ? null : (
        <Folded words="What was done">
          <Steps steps={done} />
        </Folded>
      )}
    </>
  );
}

function Steps({ steps }: { readonly steps: readonly Step[] }) {
  if (steps.length === 0) return null;
  return (
    <ul class="changes">
      {steps.map((step) => (
        <li>
          <StepLine step={step} />
        </li>
      ))}
    </ul>
  );
}

const TONES: Readonly<Record<Step["outcome"], Tone>> = { done: "good", failed: "bad", skipped: "idle" };

function StepLine({ step: { title, outcome, error } }: { readonly step: Step }) {
  return (
    <>
      <Badge tone={TONES[outcome]}>{outcome}</Badge>
      <div>
        <span class="what">{visible(title)}</span>
        {error === undefined ? null : (
          <p>
            {visible(error.message)}
            {error.hint === undefined ? null : (
              <>
                {": "}
                <Hint text={error.hint} />
              </>
            )}
          </p>
        )}
      </div>
    </>
  );
}

/** What the command would end with, in words. */
function wordsOf(exit: ExitCode): readonly [tone: Tone, words: string] {
  switch (exit) {
    case EXIT.done:
      return ["good", ""];
    case EXIT.remoteFailed:
      return ["warning", "GitHub did not take all of it just now. Apply the rest again in some minutes."];
    case EXIT.personNeeded:
      return ["warning", "The rest needs somebody: see below."];
    case EXIT.interrupted:
      return ["warning", "It was interrupted. Apply the rest again."];
    case EXIT.usage:
    case EXIT.pending:
    case EXIT.bug:
      return ["bad", "See below."];
  }
}
