import { formatInstant } from "../instant.ts";
import type { Warning } from "../lifetime.ts";
import type { Alert } from "../github.ts";
import { code } from "./markdown.ts";
import type { Occasion } from "./occasion.ts";
import { about, bodyOf, foot } from "./parts.ts";
import { authorizeCommand } from "./ways.ts";

/** The issue for a credential that is well, and whose refresh token is about to die; undefined for any other. */
export function warningAlert(occasion: Occasion): Alert | undefined {
  const { credential, result } = occasion;
  const { warning } = result;
  if (warning === undefined) return undefined;
  const { name } = credential;
  const by = formatInstant(warning.at);
  const body = bodyOf([
    about(occasion),
    `${code(name)} still works. ${reason(warning.kind)}`,
    `**Deadline: ${by}.** Authorizing again before it takes a minute, and nothing stops; after it nothing works.`,
    authorizeCommand(occasion),
    foot(occasion, warning.kind),
  ]);
  return { credential: name, title: `${name}: authorize it again before ${by.slice(0, 10)}`, body };
}

function reason(kind: Warning["kind"]): string {
  switch (kind) {
    case "dies_of_age":
      return "But its provider ends every authorization after a time, however often it is refreshed, and that time is nearly over.";
    case "dies_of_idleness":
      return "But its refresh token has not been used for long, and its provider ends one that lies idle.";
  }
}
