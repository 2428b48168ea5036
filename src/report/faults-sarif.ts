import { RULES } from "../declaration/fault.ts";
import type { Fault } from "../declaration/fault.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const HOME = "https://github.com/sealring/sealring";

/** Faults as a SARIF 2.1.0 log (OASIS Standard), as GitHub code scanning takes it. */
export function faultsAsSarif(faults: readonly Fault[], version: string): string {
  const ids = Object.keys(RULES);
  const rules = Object.entries(RULES).map(([id, text]) => ({ id, shortDescription: { text } }));
  const log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "sealring", version, informationUri: HOME, rules } },
        columnKind: "utf16CodeUnits",
        results: faults.map((fault) => resultOf(fault, ids.indexOf(fault.rule))),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function resultOf(fault: Fault, ruleIndex: number): unknown {
  const { line, column, endLine, endColumn } = fault;
  return {
    ruleId: fault.rule,
    ruleIndex,
    level: "error",
    message: { text: `${fault.message}. Hint: ${fault.hint}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(fault.file), uriBaseId: "%SRCROOT%" },
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
  };
}

/** A relative reference (RFC 3986 §4.2): a colon in its first segment would be a scheme. */
function uriOf(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}
