import { GRANT_WORDS } from "../../adding/about-client.ts";
import { isMembers } from "../../adding/amend/changes.ts";
import type { Members } from "../../adding/amend/changes.ts";
import { plainOf } from "../../adding/amend/plain.ts";
import { visible } from "../../declaration/visible.ts";
import { sentence } from "../../page/sentence.ts";
import { membersIn } from "./about.ts";
import type { Draft } from "./draft.ts";

/** What holds of each part of a form that is folded, in one line. */
export interface Stands {
  readonly grant: string;
  readonly outputs: string;
  readonly store: string;
}

/** By what the drafted file says. */
export function standsIn({ file, judgement: { project } }: Draft): Stands {
  const plain = plainOf(file.text);
  const value = isMembers(plain) ? plain : {};
  const { environment = project.environment } = value;
  const { margin } = membersIn(value, "refresh");
  const place =
    typeof environment === "string" ? `the environment ${environment}` : "the repository's secrets";
  const when = typeof margin === "string" ? `when less than ${margin} is left` : "in time";
  return {
    grant: visible(grantIn(value)),
    outputs: visible(outputsIn(value)),
    store: visible(`It lives in ${place}, and is renewed ${when}.`),
  };
}

const NOT_SAID = "Not said yet.";

function grantIn({ grant, redirect_uri: redirect }: Members): string {
  if (typeof grant !== "string") return NOT_SAID;
  const words: Readonly<Record<string, string>> = GRANT_WORDS;
  const how = words[grant] ?? grant;
  const back = typeof redirect === "string" ? `, and is led back to ${redirect}` : "";
  return `${sentence(how)}${back}.`;
}

function outputsIn(value: Members): string {
  const keys = Object.keys(membersIn(value, "outputs"));
  const names = keys.filter((key) => !isUnnamed(value, key)).join(", ");
  if (names === "") return NOT_SAID;
  const { destinations } = value;
  const count = Array.isArray(destinations) ? destinations.length : 0;
  const where =
    count === 0 ? "this repository's Actions secrets" : count === 1 ? "one place" : `${String(count)} places`;
  return `${names}, in ${where}.`;
}

/** Whether it is the usual one of a credential that has no name yet. */
function isUnnamed({ name }: Members, output: string): boolean {
  return (name === undefined || name === "") && output === "_ACCESS_TOKEN";
}
