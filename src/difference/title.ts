import { describeTarget } from "../stores/targets.ts";
import type { Change } from "./plan.ts";

/** A change in one line, without its sign. */
export function titleOf(change: Change): string {
  switch (change.kind) {
    case "confine": {
      const from = change.before === undefined ? "" : ` (now: ${change.before})`;
      return `environment ${change.environment}, open to ${change.branch} only${from}`;
    }
    case "write_file":
    case "remove_file":
      return change.path;
    case "place_action": {
      const { folder, write, remove } = change;
      const counts = [countOf(write.length, "to write"), countOf(remove.length, "to remove")];
      return `the action in ${folder} (${counts.filter((count) => count !== "").join(", ")})`;
    }
    case "seal":
      return `${change.secretName} in ${describeTarget(change.target)}, given here`;
    case "publish":
      return `${change.secretName} in ${describeTarget(change.target)} (${publishReason(change.why)})`;
    case "enable":
      return `the schedule of ${change.workflowFile}, disabled ${change.before}`;
    case "prune": {
      const { target, secretName } = change.output;
      const gone = change.secret === "gone" ? " (already gone; to be forgotten)" : "";
      return `${secretName} in ${describeTarget(target)}${gone}`;
    }
  }
}

function countOf(files: number, what: string): string {
  if (files === 0) return "";
  return `${String(files)} ${files === 1 ? "file" : "files"} ${what}`;
}

function publishReason(why: Extract<Change, { readonly kind: "publish" }>["why"]): string {
  switch (why) {
    case "missing":
      return "somebody removed it";
    case "unrecorded":
      return "not published yet";
    case "overwritten":
      return "somebody overwrote it";
  }
}
