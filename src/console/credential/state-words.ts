import { recordedCause } from "../../alerts/cause.ts";
import { wordsFor } from "../../alerts/words.ts";
import type { Credential, Project } from "../../declaration/credential.ts";
import type { JournalEntry } from "../../journal/entry.ts";
import type { Tile } from "../../page/tile.ts";

interface Known {
  readonly tile: Pick<Tile, "state" | "renewal" | "hitch" | "token" | "scopes">;
  readonly credential: Credential;
  readonly project: Project;
  readonly entry: JournalEntry | undefined;
  readonly now: Date;
}

/** How it is and what is coming, in a sentence or two; names stand between backticks. */
export function stateWords(known: Known): string {
  const { tile, entry, credential } = known;
  const { state } = tile;
  const cause = recordedCause(entry);
  if (cause !== undefined && (state === "needs_person" || state === "ambiguous"))
    return wordsFor(known, cause).what;
  switch (state) {
    case "never_authorized":
      return `Nobody has authorized it at ${credential.provider.name} yet. ${ONCE[tile.renewal]}`;
    case "fresh":
      return `${wellness(tile)}: ${onward(tile)}.`;
    case "due":
      return tile.renewal === "unattended" && tile.hitch === undefined
        ? "The next run of the workflow renews it."
        : `Its access token ends soon, and nothing renews it${tile.hitch === undefined ? ": authorize it again before" : " yet"}.`;
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

const ONCE: Readonly<Record<Tile["renewal"], string>> = {
  unattended: "Once is enough: from then on the workflow keeps its token fresh.",
  not_needed: "Once is enough: its access token has no end.",
  by_a_person: "It gets no refresh token, so it is authorized again whenever its access token has ended.",
};

function wellness({ hitch, scopes }: Known["tile"]): string {
  if (scopes.missing.length > 0) return "It works, with less than is declared";
  return hitch === undefined ? "All is well" : "It works for now";
}

/** How it goes on, as a clause. */
function onward({ renewal, hitch, token }: Known["tile"]): string {
  if (hitch !== undefined) return "nothing renews it yet";
  switch (renewal) {
    case "unattended":
      return "the workflow renews it by itself";
    case "not_needed":
      return "its access token has no end";
    case "by_a_person":
      return token === undefined
        ? "when its access token ends is not known, and nothing renews it"
        : "nothing renews its access token, so authorize it again before that ends";
  }
}
