import type { StatusResult } from "../commands/status.ts";
import { updatedAt } from "../journal/page.ts";
import { minuteUtc, relative } from "./instants.ts";
import { hintLine } from "./refresh.ts";
import { table, wrap } from "./table.ts";
import { warningRemark } from "./warning.ts";

/** The journal as a table. */
export function statusText(results: readonly StatusResult[], now: Date): string {
  if (results.length === 0) return "No credential is declared in credentials/.\n";
  const rows = results.map(({ credential, health, entry }) => [
    credential,
    health.replaceAll("_", " "),
    entry === undefined ? "-" : String(entry.generation),
    relative(entry?.expiresAt, now),
    minuteUtc(entry && updatedAt(entry)),
  ]);
  return (
    table(["CREDENTIAL", "STATE", "GENERATION", "EXPIRES", "UPDATED (UTC)"], rows) +
    results.map(remark).join("")
  );
}

function remark(result: StatusResult): string {
  return hintRemark(result) + warningRemark(result.credential, result.warning);
}

function hintRemark({ credential, entry, hint, owner }: StatusResult): string {
  if (hint === undefined) return "";
  const why = entry?.error === undefined ? "" : ` (${entry.error.code})`;
  const who = owner === undefined ? "" : `, for ${owner}`;
  return `\n${wrap(credential + why + who)}${hintLine(hint)}`;
}

/** A result as the JSON document has it. */
export function statusJson({ credential, health, entry, hint, warning }: StatusResult): object {
  return {
    credential,
    outcome: health,
    phase: entry?.phase ?? null,
    generation: entry?.generation ?? null,
    authorized_at: entry?.authorizedAt ?? null,
    refreshed_at: entry?.refreshedAt ?? null,
    expires_at: entry?.expiresAt ?? null,
    scope: entry?.scope?.join(" ") ?? null,
    run_url: entry?.runUrl ?? null,
    error: entry?.error ?? null,
    unpublished: entry?.unpublished ?? [],
    hint: hint ?? null,
    warning: warning ?? null,
  };
}
