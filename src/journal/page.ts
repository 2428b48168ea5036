import type { JournalEntry } from "./entry.ts";

const TITLES = "| credential | state | generation | expires (UTC) | last refresh (UTC) | run |";

const HEADING = `# Credentials

What sealring knows of each credential: everything but the secrets. Written by sealring; what is in \`credentials/\`
is what counts, and an edit by hand there stops the credential. Who may read this branch sees names, scopes and times.

${TITLES}
|---|---|---|---|---|---|
`;

const ROW = /^\| ([a-z0-9-]+) \|.*\|$/;

/**
 * The journal's README: a status page for anyone who opens the branch. Rows of credentials that did not change are taken
 * from the page before, so that a write need not read them all.
 */
export function statusPage(previous: string, changed: readonly JournalEntry[]): string {
  const rows = new Map<string, string>();
  for (const line of previous.split("\n")) {
    const name = ROW.exec(line)?.[1];
    if (name !== undefined && line !== TITLES) rows.set(name, line);
  }
  for (const entry of changed) rows.set(entry.name, row(entry));
  const shown = mostTelling([...rows]).sort(byName);
  const left = rows.size - shown.length;
  const more = left === 0 ? "" : `\nAnd ${String(left)} more that are in order: \`sealring status\`.\n`;
  return HEADING + shown.map(([, line]) => `${line}\n`).join("") + more;
}

type Row = readonly [name: string, line: string];

/** More than anybody reads, and the page is written anew with every commit. */
const MOST_ROWS = 500;

/** All of them, or, where they are too many, those that are not in order and as many others as there is room for. */
function mostTelling(rows: readonly Row[]): Row[] {
  if (rows.length <= MOST_ROWS) return [...rows];
  const inOrder = ([name, line]: Row) => line.startsWith(`| ${name} | committed | `);
  const others = rows.filter(inOrder).sort(byName);
  return [...rows.filter((row) => !inOrder(row)), ...others].slice(0, MOST_ROWS);
}

function byName([a]: Row, [b]: Row): number {
  return a < b ? -1 : 1;
}

function row(entry: JournalEntry): string {
  const state = entry.error === undefined ? entry.phase : `${entry.phase} (${entry.error.code})`;
  const run = entry.runUrl === undefined ? "" : `[run](${entry.runUrl})`;
  const cells = [
    entry.name,
    state,
    String(entry.generation),
    minute(entry.expiresAt),
    minute(updatedAt(entry)),
    run,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** When a credential was last given new tokens, by whichever way. */
export function updatedAt({ authorizedAt, refreshedAt }: JournalEntry): Date | undefined {
  if (authorizedAt === undefined || refreshedAt === undefined) return refreshedAt ?? authorizedAt;
  return refreshedAt > authorizedAt ? refreshedAt : authorizedAt;
}

function minute(instant: Date | undefined): string {
  return instant === undefined ? "" : instant.toISOString().slice(0, 16).replace("T", " ");
}
