import type { Fault } from "../declaration/fault.ts";

/**
 * Faults as annotations of a GitHub workflow run, a workflow command on each line.
 * Source: docs.github.com, "Workflow commands for GitHub Actions"; escapes as @actions/core makes them.
 */
export function faultsAsAnnotations(faults: readonly Fault[]): string {
  return faults.map((fault) => `${annotation(fault)}\n`).join("");
}

function annotation(fault: Fault): string {
  const properties = {
    file: fault.file,
    line: String(fault.line),
    endLine: String(fault.endLine),
    // GitHub takes columns for a single line only, and the last one is part of the range.
    ...(fault.line === fault.endLine
      ? { col: String(fault.column), endColumn: String(Math.max(fault.column, fault.endColumn - 1)) }
      : {}),
    title: `sealring ${fault.rule}`,
  };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::error ${list.join(",")}::${escapeData(`${fault.message}\nhint: ${fault.hint}`)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
