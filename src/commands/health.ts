import type { JournalEntry } from "../journal/entry.ts";

/** How a credential is, in one word. */
export type Health =
  "fresh" | "expired" | "busy" | "ambiguous" | "needs_person" | "revoked" | "never_authorized";

/** What the journal says of a credential's health. Pure. */
export function healthOf(entry: JournalEntry | undefined, now: Date): Health {
  if (entry === undefined) return "never_authorized";
  if (entry.generation === 0 && entry.phase !== "spent" && !isAtWork(entry, now)) return "never_authorized";
  if (entry.phase !== "revoked" && isPersonsCase(entry)) return "needs_person";
  switch (entry.phase) {
    case "intent":
    case "spent":
      return isAtWork(entry, now) || !isExpired(entry, now) ? "busy" : "expired";
    case "ambiguous":
      return "ambiguous";
    case "reauthorization_required":
      return "needs_person";
    case "revoked":
      return "revoked";
    case "committed":
      return isExpired(entry, now) ? "expired" : "fresh";
  }
}

/** Whether `status --check` fails: consumers have no token, or are about to have none unless somebody acts. */
export function isUnfit(health: Health): boolean {
  switch (health) {
    case "expired":
    case "ambiguous":
    case "needs_person":
    case "never_authorized":
      return true;
    case "fresh":
    case "busy":
    case "revoked":
      return false;
  }
}

/** An error that no run gets over by itself, whatever the credential is going through. */
function isPersonsCase({ error }: JournalEntry): boolean {
  return error?.class === "reauthorization_required" || error?.class === "client_misconfigured";
}

/** How long after its deadline an intent still reads as work: its owner is gone by then, and no run has settled it. */
const OVERDUE_MILLISECONDS = 3_600_000;

function isAtWork({ intent }: JournalEntry, now: Date): boolean {
  return intent !== undefined && now.getTime() - intent.deadline.getTime() <= OVERDUE_MILLISECONDS;
}

function isExpired({ expiresAt }: JournalEntry, now: Date): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}
