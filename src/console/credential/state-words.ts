import { recordedCause } from "../../alerts/cause.ts";
import { wordsFor } from "../../alerts/words.ts";
import type { Credential, Project } from "../../declaration/credential.ts";
import type { JournalEntry } from "../../journal/entry.ts";
import type { TileState } from "../../page/state.ts";

interface Known {
  readonly state: TileState;
  readonly credential: Credential;
  readonly project: Project;
  readonly entry: JournalEntry | undefined;
  readonly now: Date;
  /** Declared scopes that were not granted. */
  readonly missing: readonly string[];
}

/** How it is and what is coming, in a sentence or two; names stand between backticks. */
export function stateWords(known: Known): string {
  const { state, entry, credential } = known;
  const cause = recordedCause(entry);
  if (cause !== undefined && (state === "needs_person" || state === "ambiguous"))
    return wordsFor(known, cause).what;
  switch (state) {
    case "never_authorized":
      return `Nobody has authorized it at ${credential.provider.name} yet. Once is enough: from then on the workflow keeps its token fresh.`;
    case "fresh":
      return known.missing.length === 0
        ? "All is well: the workflow renews it by itself."
        : "The workflow renews it by itself, with less than is declared.";
    case "due":
      return "The next run of the workflow renews it.";
    case "expired":
      return "Its access token has ended, and no run has brought a new one: who reads its secrets is refused.";
    case "busy":
      return entry?.phase === "spent"
        ? "New tokens are there, sealed, and wait to be stored."
        : "Somebody or something is at work on it.";
    case "ambiguous":
      return "The answer to a refresh was lost: nobody knows whether the refresh token was used up.";
    case "needs_person":
      return "Only a person can mend it.";
    case "revoked":
      return "Its grant was ended on purpose. Whoever needs it again authorizes it again.";
    case "unknown":
      return "How it is, only GitHub knows, which could not be asked.";
    case "faulty":
      return "Its file has faults.";
  }
}
