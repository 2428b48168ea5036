import type { JournalEntry } from "./entry.ts";

const HEADING = `# Credentials

What sealring knows of each credential: everything but the secrets. Written by the workflow; edits by hand are
overwritten here, and stop the credential in \`credentials/\`. Who may read this branch sees names, scopes and times.

| credential | state | generation | expires (UTC) | last refresh (UTC) | run |
|---|---|---|---|---|---|
`;

/** The journal's README: a status page for anyone who opens the branch. */
export function statusPage(entries: readonly JournalEntry[]): string {
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
  return HEADING + sorted.map((entry) => `${row(entry)}\n`).join("");
}

function row(entry: JournalEntry): string {
  const state = entry.error === undefined ? entry.phase : `${entry.phase} (${entry.error.code})`;
  const refreshed = entry.refreshedAt ?? entry.authorizedAt;
  const run = entry.runUrl === undefined ? "" : `[run](${entry.runUrl})`;
  const cells = [
    entry.name,
    state,
    String(entry.generation),
    minute(entry.expiresAt),
    minute(refreshed),
    run,
  ];
  return `| ${cells.join(" | ")} |`;
}

function minute(instant: Date | undefined): string {
  return instant === undefined ? "" : instant.toISOString().slice(0, 16).replace("T", " ");
}
