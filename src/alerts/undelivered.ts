import type { Alert } from "../github.ts";
import type { Publication } from "../protocol/publish.ts";
import type { CredentialResult } from "../protocol/result.ts";
import { describeTarget } from "../stores/targets.ts";
import { hintAsMarkdown } from "./hint.ts";
import { code } from "./markdown.ts";
import type { Occasion } from "./occasion.ts";
import { about, bodyOf, foot } from "./parts.ts";

/** As many as an issue's 65,536 characters hold. */
const MAX_LINES = 50;

/** The issue for a credential that is well, and whose outputs a destination does not take; undefined for any other. */
export function undeliveredAlert(occasion: Occasion): Alert | undefined {
  const { credential, result } = occasion;
  const undelivered = result.destinations.filter((publication) => isForGood(result, publication));
  if (undelivered.length === 0) return undefined;
  const { name } = credential;
  const more = undelivered.length - MAX_LINES;
  const body = bodyOf([
    about(occasion),
    `${code(name)} itself is well, but what reads its outputs there has an old access token, or none:`,
    undelivered.slice(0, MAX_LINES).map(line).join("\n"),
    more > 0 ? `And ${String(more)} more: ${code("sealring status --json")} lists them.` : undefined,
    "**What to do.** Mend what is in the way; the next run writes them, without another refresh.",
    foot(occasion, undelivered[0]?.outcome),
  ]);
  return { credential: name, title: `${name}: a destination does not take its secrets`, body };
}

/** A refusal, or anything that a later run has met again: `fresh` means that only publishing was left to do. */
function isForGood({ outcome: result }: CredentialResult, { outcome }: Publication): boolean {
  switch (result) {
    case "refreshed":
    case "recovered":
      return outcome === "store_refused";
    case "fresh":
      return outcome === "store_refused" || outcome === "transient" || outcome === "rate_limited";
    default:
      return false;
  }
}

function line({ target, secret, message, hint }: Publication): string {
  const why = message === undefined ? "" : `: ${code(message)}`;
  return `- ${code(secret)} in ${code(describeTarget(target))}${why}${hint === undefined ? "" : `. ${hintAsMarkdown(hint)}`}`;
}
