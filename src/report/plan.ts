import { visible } from "../declaration/visible.ts";
import { countOf, isSettled } from "../difference/plan.ts";
import type { Blank, Change, Item, Plan, Remark, Sign } from "../difference/plan.ts";
import { titleOf } from "../difference/title.ts";
import { describeTarget } from "../stores/targets.ts";
import { hintLine } from "./refresh.ts";
import { cut, toType, wrap } from "./table.ts";

const MARKS: Readonly<Record<Sign, string>> = { add: "+", change: "~", remove: "-" };

/** A plan for a person: what changes, what only a person can do, what else is worth knowing, and how many there are. */
export function planText(plan: Plan): string {
  const { changes, tasks, remarks, blanks } = plan;
  const parts = [
    changes.map(changeLines).join(""),
    tasks.map(({ what, command }) => marked("!", what) + toType(command)).join(""),
    remarks.map(remarkLines).join(""),
    blanks.map(blankLines).join(""),
    `${planSummary(plan)}\n`,
  ];
  return parts.filter((part) => part !== "").join("\n");
}

/** A line with its mark in front, and what does not fit under it. */
export function marked(mark: string, text: string): string {
  return mark + wrap(text, "  ").slice(mark.length);
}

function changeLines(change: Change): string {
  const line = marked(MARKS[change.sign], titleOf(change));
  return (
    line +
    detailsOf(change)
      .map((each) => `${cut(`    ${visible(each)}`.trimEnd())}\n`)
      .join("")
  );
}

/** The most that is named of the files that go. */
const MOST_NAMED = 5;

function detailsOf(change: Change): readonly string[] {
  if (change.kind === "write_file") return change.diff;
  if (change.kind !== "place_action") return [];
  const gone = change.remove.toSorted().map((path) => `- ${path}`);
  const more = gone.length - MOST_NAMED;
  return more > 0 ? [...gone.slice(0, MOST_NAMED), `  and ${String(more)} more`] : gone;
}

function remarkLines({ kind, what, hint }: Remark): string {
  return marked("·", kind === "warning" ? `warning: ${what}` : what) + hintLine(hint);
}

function blankLines({ what, reason, hint }: Blank): string {
  return marked("?", `${what}: not known, ${reason}`) + hintLine(hint);
}

/** How much there is of each, in a sentence. */
export function planSummary(plan: Plan): string {
  const { changes, tasks, blanks } = plan;
  const left = [
    ...(tasks.length === 0 ? [] : [`${String(tasks.length)} for a person`]),
    ...(blanks.length === 0 ? [] : [`${String(blanks.length)} not known`]),
  ];
  if (isSettled(plan) && left.length === 0) return "Nothing to do: everything is as declared.";
  if (changes.length === 0) {
    const start = blanks.length === 0 ? "Nothing to do for apply" : "Nothing to do as far as is known";
    return `${start}: ${left.join(", ")}.`;
  }
  const counts = (["add", "change", "remove"] as const).map(
    (sign) => `${String(countOf(plan, sign))} to ${sign}`,
  );
  return `Plan: ${[...counts, ...left].join(", ")}.`;
}

/** An item as the JSON document has it. */
export function planJson(item: Item): object {
  switch (item.kind) {
    case "person":
      return { outcome: item.kind, what: item.what, hint: `run: ${item.command}` };
    case "remark":
    case "warning":
      return { outcome: item.kind, what: item.what, hint: item.hint ?? null };
    case "unknown": {
      const { what, code, reason, hint } = item;
      return { outcome: item.kind, what, code, message: reason, hint: hint ?? null };
    }
    case "confine":
    case "place_action":
    case "write_file":
    case "remove_file":
    case "seal":
    case "publish":
    case "enable":
    case "prune":
      return { outcome: item.sign, kind: item.kind, what: titleOf(item), ...details(item) };
  }
}

/** What a program would have to read out of the title. */
function details(change: Change): object {
  switch (change.kind) {
    case "confine":
      return { environment: change.environment, branch: change.branch };
    case "place_action":
      return { folder: change.folder, write: change.write.map(({ path }) => path), remove: change.remove };
    case "write_file":
      return { path: change.path, diff: change.diff };
    case "remove_file":
      return { path: change.path };
    case "seal":
      return { destination: describeTarget(change.target), secret: change.secretName };
    case "publish":
      return {
        credential: change.credential,
        destination: describeTarget(change.target),
        secret: change.secretName,
        why: change.why,
      };
    case "enable":
      return { workflow: change.workflowFile };
    case "prune": {
      const { credential, target, secretName } = change.output;
      return { credential, destination: describeTarget(target), secret: secretName };
    }
  }
}
