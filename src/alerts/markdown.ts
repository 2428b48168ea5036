import { visible } from "../declaration/visible.ts";

const MAX_CHARACTERS = 300;

/** A GitHub login, or a team of an organization. */
const MENTION = /^@[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\/[A-Za-z0-9._-]{1,100})?$/;

/** Nothing in it ends a Markdown link, or is none of an https address. */
const ADDRESS = /^https?:\/\/[A-Za-z0-9.:[\]_~%/-]+$/;

/**
 * Any text as inert Markdown: a code span on one line, in which GitHub renders no HTML, image, link or mention
 * (GitHub Flavored Markdown §6.3). Cut after 300 characters.
 */
export function code(text: string): string {
  const shown = visible(text.slice(0, MAX_CHARACTERS)) + (text.length > MAX_CHARACTERS ? "…" : "");
  const runs = [...shown.matchAll(/`+/g)].map(([run]) => run.length);
  if (runs.length === 0) return `\`${shown}\``;
  const fence = "`".repeat(Math.max(...runs) + 1);
  // Spaces part the text from the fence where it begins or ends with one; GitHub drops them.
  return `${fence} ${shown} ${fence}`;
}

/** Who is called: a GitHub login or team is mentioned, so that GitHub tells them; anything else stays text. */
export function mention(owner: string): string {
  return MENTION.test(owner) ? owner : code(owner);
}

/** A link to an address; one that Markdown could read as more than that is shown only. */
export function link(label: string, address: string): string {
  return ADDRESS.test(address) ? `[${label}](${address})` : code(address);
}
