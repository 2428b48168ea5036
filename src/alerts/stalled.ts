import { formatInstant } from "../instant.ts";
import type { Alert } from "../github.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { mayPass } from "./cause.ts";
import { code } from "./markdown.ts";
import type { Occasion } from "./occasion.ts";
import { about, bodyOf, deadline, foot } from "./parts.ts";
import { authorizeCommand, namesAuthorize, whatToDo } from "./ways.ts";

/**
 * The issue for a credential whose access token has expired while runs fail of what usually passes by itself: an expired
 * GitHub token, a provider that takes no request for days. undefined for any other.
 */
export function stalledAlert(occasion: Occasion): Alert | undefined {
  const { credential, result, entry, now } = occasion;
  const expiresAt = entry?.expiresAt;
  if (!mayPass(result.outcome) || expiresAt === undefined || expiresAt > now) return undefined;
  if (isSomebodyAtIt(entry, now)) return undefined;
  const { name } = credential;
  const since = formatInstant(expiresAt);
  const { outcome, message = outcome, hint } = result;
  const body = bodyOf([
    about(occasion),
    `${code(name)} has had no fresh access token since ${since}. Each run tries for one, and this is in its way: ${code(message)}.`,
    deadline(occasion),
    hint === undefined ? undefined : whatToDo(hint),
    hint !== undefined && namesAuthorize(hint) ? authorizeCommand(occasion) : undefined,
    foot(occasion, outcome),
  ]);
  return { credential: name, title: `${name}: no fresh access token since ${since}`, body };
}

/** Another run or a person has its intent: within the time that it gave itself it may come to a token. */
function isSomebodyAtIt(entry: JournalEntry | undefined, now: Date): boolean {
  const intent = entry?.intent;
  return intent !== undefined && intent.releasedAt === undefined && intent.deadline > now;
}
