import type { Operation } from "../operation.ts";

/** A step that was said, with what was said under it: lines that are indented. */
export interface Step {
  readonly title: string;
  readonly details: readonly string[];
}

export function stepsOf({ said }: Operation): readonly Step[] {
  const steps: { title: string; details: string[] }[] = [];
  for (const { line } of said) {
    const last = steps.at(-1);
    if (line.startsWith(" ") && last !== undefined) last.details.push(line.trim());
    else steps.push({ title: line.trim(), details: [] });
  }
  return steps;
}

/** What was done so far, and what goes on now. */
export function Steps({ operation }: { readonly operation: Operation }) {
  const steps = stepsOf(operation);
  if (steps.length === 0) return null;
  return (
    <ol class="authorize-steps">
      {steps.map((step, index) => (
        <OneStep step={step} mark={index < steps.length - 1 ? "done" : lastMark(operation)} />
      ))}
    </ol>
  );
}

type Mark = "done" | "now" | "failed";

function lastMark({ end }: Operation): Mark {
  if (end === undefined) return "now";
  return end.kind === "failed" ? "failed" : "done";
}

const READ: Readonly<Record<Mark, string>> = { done: "done: ", now: "now: ", failed: "failed: " };

function OneStep({ step: { title, details }, mark }: { readonly step: Step; readonly mark: Mark }) {
  return (
    <li class={`authorize-step-${mark}`}>
      <span class="for-readers">{READ[mark]}</span>
      {title}
      {details.length === 0 ? null : (
        <ul>
          {details.map((detail) => (
            <li>{detail}</li>
          ))}
        </ul>
      )}
    </li>
  );
}
