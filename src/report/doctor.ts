import type { Finding } from "../doctor/finding.ts";
import { wrap } from "./table.ts";

/** In words, which read without colour and in any character set. */
const MARKS: Readonly<Record<Finding["kind"], string>> = {
  ok: "ok",
  skipped: "skip",
  warning: "warn",
  failure: "FAIL",
  unreachable: "DOWN",
};

/** The findings, each with what to do about it, and how many there are of each kind. */
export function doctorText(findings: readonly Finding[]): string {
  const widest = Math.max(0, ...findings.map(({ about }) => about.length));
  const paragraphs = findings.map((finding) => paragraph(finding, widest));
  return `${paragraphs.join("")}\n${summary(findings)}\n`;
}

function paragraph(finding: Finding, widest: number): string {
  const label = `${MARKS[finding.kind].padEnd(4)}  ${finding.about.padEnd(widest)}  `;
  const indent = " ".repeat(label.length);
  const fix = "fix" in finding ? wrap(finding.fix, `${indent}  `) : "";
  return label + wrap(finding.found, indent).slice(indent.length) + fix;
}

function summary(findings: readonly Finding[]): string {
  const counts = Object.entries(MARKS).map(([kind, mark]) => {
    const count = findings.filter((finding) => finding.kind === kind).length;
    return count === 0 ? [] : [`${String(count)} ${mark}`];
  });
  return counts.flat().join(", ");
}

/** A finding as the JSON document has it. */
export function doctorJson(finding: Finding): object {
  const { kind, about, found } = finding;
  return { check: about, outcome: kind, found, fix: "fix" in finding ? finding.fix : null };
}
