import { SealringError } from "../errors.ts";
import type { Plan } from "./plan.ts";
import { titleOf } from "./title.ts";
import type { Wanted } from "./wanted.ts";

/** A plan that somebody has looked at: `apply` makes its own again, and does it if it is the same. No secret is in it. */
export interface SavedPlan {
  readonly repository: string;
  readonly orphans: Wanted["orphans"];
  /** By `fingerprintOf`. */
  readonly facts: Readonly<Record<string, string>>;
  /** What it changes, as `+ title`. */
  readonly changes: readonly string[];
}

/** A plan's changes as lines, to be compared. */
export function changeLines({ changes }: Plan): readonly string[] {
  return changes.map((change) => `${change.sign} ${titleOf(change)}`);
}

export function encodePlan({ repository, orphans, facts, changes }: SavedPlan): string {
  const file = { sealring_plan: 1, repository, orphans, changes, facts };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** @throws SealringError `usage` for a text that `encodePlan` did not write. */
export function decodePlan(text: string): SavedPlan {
  const file = fieldsOf(text);
  const { repository, orphans, changes, facts } = file;
  if (
    file["sealring_plan"] !== 1 ||
    typeof repository !== "string" ||
    (orphans !== "keep" && orphans !== "prune") ||
    !isTexts(changes) ||
    !isRecord(facts) ||
    !isTexts(Object.values(facts))
  ) {
    throw new SealringError("usage", "this file is no plan of this version of sealring", {
      hint: "run: sealring plan --out plan.json",
    });
  }
  return { repository, orphans, changes, facts: facts as Record<string, string> };
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
