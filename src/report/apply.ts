import type { ApplyReport } from "../commands/apply.ts";
import type { Step } from "../commands/step.ts";
import type { Plan } from "../difference/plan.ts";
import { marked } from "./plan.ts";
import { hintLine } from "./refresh.ts";

/** What came of an apply, after its plan was shown. */
export function applyText({
  outcome,
  results,
  plan,
}: Pick<ApplyReport, "outcome" | "results" | "plan">): string {
  switch (outcome) {
    case "nothing_to_do":
      return "";
    case "declined":
      return "Nothing was changed.\n";
    case "applied": {
      const troubles = results.filter(({ outcome: own }) => own !== "done");
      return [...troubles.map(trouble), `${appliedSummary(results)}\n`, unknown(plan), next(plan)].join("");
    }
  }
}

function trouble({ title, outcome, error }: Step): string {
  return `${marked("x", `${title}: ${outcome}, ${error?.message ?? ""}`)}${hintLine(error?.hint)}\n`;
}

/** What was done, by number. */
export function appliedSummary(results: readonly Step[]): string {
  const done = results.filter(({ outcome }) => outcome === "done");
  const words = { add: "added", change: "changed", remove: "removed" } as const;
  const told = (["add", "change", "remove"] as const).map(
    (sign) => `${String(done.filter((step) => step.sign === sign).length)} ${words[sign]}`,
  );
  const left = results.length - done.length;
  return `Applied: ${told.join(", ")}${left === 0 ? "" : `, ${String(left)} not done`}.`;
}

/** Why an apply that did all it set out to do still fails. */
function unknown(plan: Plan | undefined): string {
  const { length } = plan?.blanks ?? [];
  return length === 0 ? "" : `${String(length)} could not be looked at, and is marked with ? above.\n`;
}

/** What only a person can do, once more, because it was said before everything else. */
function next(plan: Plan | undefined): string {
  const commands = [...new Set(plan?.tasks.map(({ command }) => command))];
  const wroteFiles =
    plan?.changes.some(({ kind }) => kind === "write_file" || kind === "remove_file") === true;
  const steps = [...commands, ...(wroteFiles ? ["commit the changed files, and push"] : [])];
  return steps.length === 0 ? "" : `Next:\n${steps.map((step) => hintLine(step)).join("")}`;
}

/** A step as the JSON document has it. */
export function applyJson({ sign, title, outcome, error }: Step): object {
  const { code = null, message = null, hint = null } = error ?? {};
  return { outcome, sign, what: title, code, message, hint };
}
