import type { CompactResult } from "../commands/compact.ts";
import type { Logged, LogResult } from "../commands/log.ts";
import type { JournalEvent } from "../journal/event.ts";
import { hintLine } from "./refresh.ts";
import { table } from "./table.ts";

/** The audit log as a table, for a person; of one credential or, where none is named, of all. */
export function logText(results: readonly LogResult[], name: string | undefined): string {
  if (results.length === 0) return nothingYet(name);
  const rows = results.map(({ at, what }) => [
    at.toISOString().slice(0, 19).replace("T", " "),
    runNumber(what),
    what.kind === "event" ? String(what.event.generation) : "-",
    ...(name === undefined ? [what.kind === "event" ? what.credential : "-"] : []),
    loggedWords(what),
  ]);
  const credential = name === undefined ? ["CREDENTIAL"] : [];
  return table(["WHEN (UTC)", "RUN", "GEN", ...credential, "OUTCOME"], rows);
}

function nothingYet(name: string | undefined): string {
  const of = name === undefined ? "The journal is empty." : `The journal has nothing of ${name} yet.`;
  return `${of}\n${hintLine(`run: sealring authorize ${name ?? "<name>"}`)}`;
}

function runNumber(what: Logged): string {
  const url = what.kind === "event" ? what.runUrl : undefined;
  return url === undefined ? "-" : url.slice(url.lastIndexOf("/") + 1);
}

/** What happened, in a few words. */
export function loggedWords(what: Logged): string {
  switch (what.kind) {
    case "event":
      return eventInWords(what.event);
    case "compacted":
      return `history compacted: ${String(what.commits)} commits`;
    case "by_hand":
      return "changed by hand";
  }
}

function eventInWords(event: JournalEvent): string {
  switch (event.kind) {
    case "intended":
      return `${event.intent} begun`;
    case "abandoned":
      return `${event.intent} given up (${event.code})`;
    case "published":
      return "published again";
    case "recovered":
      return "recovered from its box";
    case "box_waiting":
      return `spent, box waiting (${event.code})`;
    case "box_left":
      return `box left waiting (${event.code})`;
    case "ambiguous":
      return `ambiguous (${event.code})`;
    case "person_needed":
      return `needs a person (${event.code})`;
    case "to_publish":
      return "to be published again";
    case "pruned":
      return "old outputs removed";
    case "authorized":
    case "refreshed":
    case "revoked":
      return event.kind;
  }
}

/** A line of the audit log as the JSON document has it. */
export function logJson({ commit, at, what }: LogResult): object {
  const event = what.kind === "event" ? what.event : undefined;
  return {
    credential: what.kind === "event" ? what.credential : null,
    outcome: event?.kind ?? (what.kind === "by_hand" ? "changed_by_hand" : what.kind),
    at,
    generation: event?.generation ?? null,
    intent: event !== undefined && "intent" in event ? event.intent : null,
    code: event !== undefined && "code" in event ? event.code : null,
    run_url: what.kind === "event" ? (what.runUrl ?? null) : null,
    commit,
    replaced: what.kind === "compacted" ? { commits: what.commits, until: what.until, at: what.at } : null,
  };
}

/** What came of a compaction, for a person. */
export function compactText(results: readonly CompactResult[]): string {
  return results.map((result) => `${compactLine(result)}\n`).join("");
}

function compactLine(result: CompactResult): string {
  switch (result.outcome) {
    case "compacted":
      return `One commit stands in the place of ${String(result.replaced.commits)}.`;
    case "short":
      return "There is no history to compact.";
    case "kept":
      return "Nothing was changed.";
  }
}

/** The same as the JSON document has it. */
export function compactJson(result: CompactResult): object {
  return { outcome: result.outcome, replaced: result.outcome === "compacted" ? result.replaced : null };
}
