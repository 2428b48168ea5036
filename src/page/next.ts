import type { JournalEntry } from "../journal/entry.ts";
import type { Warning } from "../lifetime.ts";
import type { Renewal } from "../protocol/authorize.ts";
import type { TileState } from "./state.ts";

/** What a person may do for a credential, each on a page of its own in the console. */
export type Next = "authorize" | "refresh" | "probe" | "recover" | "edit";

interface Asked {
  readonly state: TileState;
  readonly entry: JournalEntry | undefined;
  readonly warning: Warning | undefined;
  readonly renewal: Renewal;
  /** Declared scopes that were not granted. */
  readonly missing: readonly string[];
}

/** What a credential's state asks for, the better way first; nothing where it goes on by itself. */
export function nextFor({ state, entry, warning, renewal, missing }: Asked): readonly Next[] {
  switch (state) {
    case "faulty":
      return ["edit"];
    case "never_authorized":
    case "needs_person":
    case "revoked":
      return ["authorize"];
    case "ambiguous":
      return ["authorize", "probe"];
    case "expired":
    case "due":
      if (renewal !== "unattended") return ["authorize"];
      return warning?.kind === "dies_of_age" ? ["authorize", "refresh"] : ["refresh"];
    case "busy":
      return afterSpend(entry);
    case "fresh":
      return afterSuccess(warning, missing);
    case "unknown":
      return [];
  }
}

/** What a refresh brings is what was granted once. */
function afterSuccess(warning: Warning | undefined, missing: readonly string[]): readonly Next[] {
  if (missing.length > 0) return ["authorize"];
  return warning === undefined ? [] : [warning.kind === "dies_of_age" ? "authorize" : "refresh"];
}

/** New tokens that wait: of an authorization on the machine where it was given, of a refresh for the next run. */
function afterSpend(entry: JournalEntry | undefined): readonly Next[] {
  if (entry?.phase !== "spent") return [];
  return entry.intent?.kind === "authorize" ? ["recover", "authorize"] : ["refresh"];
}
