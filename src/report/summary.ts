import { code, link } from "../alerts/markdown.ts";
import type { DeviceRequested } from "../commands/device-parts.ts";
import type { StatusResult } from "../commands/status.ts";
import type { SealringError } from "../errors.ts";
import type { Warning } from "../lifetime.ts";
import type { AuthorizationWaits, Authorized } from "../protocol/authorize.ts";
import { isMissing } from "../protocol/publish.ts";
import type { CredentialResult } from "../protocol/result.ts";
import { minuteUtc } from "./instants.ts";

/** GitHub takes no summary over 1 MiB, and a step may run more than one command. */
const MAX_TABLE_CHARACTERS = 400_000;

const HEADINGS = `| credential | state | generation | expires (UTC) | what to do |
|---|---|---:|---|---|
`;

interface Row {
  readonly credential: string;
  readonly state: string;
  readonly generation: number | undefined;
  readonly expiresAt: Date | undefined;
  /** undefined: nothing. */
  readonly todo: string | undefined;
}

/** The results of a refresh or a recovery as a step's summary, in Markdown. */
export function refreshSummary(command: string, results: readonly CredentialResult[]): string {
  const rows = results.map(({ credential, outcome, generation, expiresAt, hint, destinations, warning }) => {
    const todo = hint ?? destinations.find(isMissing)?.hint ?? beforeItsEnd(credential, warning);
    return { credential, state: outcome, generation, expiresAt, todo };
  });
  return section(command, rows);
}

/** The state of the credentials as a step's summary. */
export function statusSummary(results: readonly StatusResult[]): string {
  const rows = results.map(({ credential, health, entry, hint, warning }) => ({
    credential,
    state: health,
    generation: entry?.generation,
    expiresAt: entry?.expiresAt,
    todo: hint ?? beforeItsEnd(credential, warning),
  }));
  return section("status", rows);
}

/** What an authorization came to. */
export function authorizeSummary(results: readonly (Authorized | AuthorizationWaits)[]): string {
  const rows = results.map((result): Row => {
    const { credential, outcome: state } = result;
    if (result.outcome === "pending")
      return { credential, state, generation: undefined, expiresAt: undefined, todo: result.hint };
    const { generation, expiresAt, destinations } = result;
    return { credential, state, generation, expiresAt, todo: destinations.find(isMissing)?.hint };
  });
  return section("authorize", rows);
}

/** Where a person enters which user code. */
export function deviceSummary(results: readonly DeviceRequested[]): string {
  return results
    .map(({ credential, userCode, verificationUri, verificationUriComplete, qrCode, expiresAt }) =>
      [
        `### Authorize ${code(credential)}\n`,
        `Open ${link("the provider's page", verificationUri)} (${code(verificationUri)}) and enter this code:\n`,
        `## ${code(userCode)}\n`,
        `It is good until ${minuteUtc(expiresAt)} UTC; the job waits for you.\n`,
        qrCode === undefined ? "" : `Or scan this, and compare the code:\n\n\`\`\`text\n${qrCode}\n\`\`\`\n`,
        verificationUriComplete === undefined ? "" : `${link("Or open this", verificationUriComplete)}\n`,
      ].join("\n"),
    )
    .join("\n");
}

/** What ended a command. */
export function errorSummary(command: string, { message, hint }: SealringError): string {
  const next = hint === undefined ? "" : `\n\n${code(hint)}`;
  return `### sealring ${command}\n\n${code(message)}${next}\n`;
}

function section(command: string, rows: readonly Row[]): string {
  if (rows.length === 0) return "";
  // What asks for somebody comes first, and so stays when a table has to be cut.
  const sorted = [
    ...rows.filter(({ todo }) => todo !== undefined),
    ...rows.filter(({ todo }) => todo === undefined),
  ];
  let table = "";
  for (const [index, row] of sorted.entries()) {
    const line = lineOf(row);
    if (table.length + line.length > MAX_TABLE_CHARACTERS)
      return `### sealring ${command}\n\n${HEADINGS}${table}\n${String(rows.length - index)} more are left out here.\n`;
    table += line;
  }
  return `### sealring ${command}\n\n${HEADINGS}${table}`;
}

function lineOf({ credential, state, generation, expiresAt, todo }: Row): string {
  const number = generation === undefined ? "-" : String(generation);
  const words = [
    code(credential),
    state.replaceAll("_", " "),
    number,
    minuteUtc(expiresAt),
    todo ? code(todo) : "",
  ];
  // A bar ends a cell, in a code span too (GitHub Flavored Markdown §4.10).
  return `| ${words.map((word) => word.replaceAll("|", "\\|")).join(" | ")} |\n`;
}

function beforeItsEnd(credential: string, warning: Warning | undefined): string | undefined {
  if (warning?.kind !== "dies_of_age") return undefined;
  return `before ${minuteUtc(warning.at)} UTC, run: sealring authorize ${credential}`;
}
