import type { Alert } from "../github.ts";
import type { CredentialResult } from "../protocol/result.ts";
import { causeOf } from "./cause.ts";
import type { Cause } from "./cause.ts";
import { code, link } from "./markdown.ts";
import type { Occasion } from "./occasion.ts";
import { about, bodyOf, deadline, foot, orRemove } from "./parts.ts";
import { stalledAlert } from "./stalled.ts";
import { undeliveredAlert } from "./undelivered.ts";
import { warningAlert } from "./warning.ts";
import { waysOut } from "./ways.ts";
import { wordsFor } from "./words.ts";

/** The issue for a credential whose consumers need a person, now or soon; undefined where they do not. Pure. */
export function alertFor(occasion: Occasion): Alert | undefined {
  const cause = causeOf(occasion.result, occasion.entry);
  if (cause !== undefined) return personAlert(occasion, cause);
  return stalledAlert(occasion) ?? undeliveredAlert(occasion) ?? warningAlert(occasion);
}

function personAlert(occasion: Occasion, cause: Cause): Alert {
  const { name } = occasion.credential;
  const { title, what } = wordsFor(occasion, cause);
  const errorCode = cause.kind === "answer" ? cause.code : cause.errorClass;
  const body = bodyOf([
    about(occasion),
    what,
    deadline(occasion),
    ...waysOut(occasion, cause),
    cause.errorClass === "reauthorization_required" ? orRemove(occasion) : undefined,
    foot(occasion, errorCode),
  ]);
  return { credential: name, title: `${name}: ${title}`, body };
}

/** The comment with which an issue is closed. */
export function settledComment(
  { credential, generation }: CredentialResult,
  runUrl: string | undefined,
): string {
  const which = generation === undefined ? "" : ` (generation ${String(generation)})`;
  const run = runUrl === undefined ? "" : `, says ${link("this run", runUrl)}`;
  return `${code(credential)} is well again${which}${run}.`;
}
