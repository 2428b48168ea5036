import type { Act } from "./credential/acts.ts";
import type { OperationKind } from "./operation.ts";

/** An act on a link or a button. `generation` 0: there is no grant yet; undefined: it is not known. */
export function actWords(act: Act, generation: number | undefined): string {
  return act === "authorize" && generation === 0 ? "Authorize" : WORDS[act];
}

const WORDS: Readonly<Record<Act, string>> = {
  authorize: "Authorize again",
  refresh: "Refresh now",
  probe: "Try the old token",
  recover: "Recover",
  revoke: "Revoke",
  edit: "Edit",
  remove: "Remove",
};

/** What goes on, in a sentence. */
export const DOING: Readonly<Record<OperationKind, string>> = {
  authorize: "It is being authorized.",
  refresh: "It is being refreshed.",
  probe: "The old token is being tried.",
  recover: "What earlier runs left is being settled.",
  revoke: "It is being revoked.",
  apply: "GitHub is being made as the declarations have it.",
};
