import type { Interview } from "../adding/interview.ts";
import type { Subject } from "../adding/subject.ts";
import type { Added } from "../commands/add.ts";
import type { ClientSecretOutcome } from "../commands/add-secret.ts";
import { describeTarget } from "../stores/targets.ts";
import { authorizeJson, authorizeText } from "./authorize.ts";
import { wrap } from "./table.ts";

type Notice = Parameters<Interview["notify"]>[0];

/** What a person reads between the questions. */
export function noticeText(notice: Notice): string {
  switch (notice.kind) {
    case "provider":
      return providerText(notice.subject);
    case "registration":
      return registrationText(notice);
    case "objection":
      return wrap(`Not yet: ${notice.text}`);
    case "different_ids":
      return "The two are not the same. Once more, both of them:\n";
    case "file":
      return `\n${notice.path}:\n\n${notice.text.replaceAll(/^(?=.)/gm, "  ")}\n`;
  }
}

/** What a provider's status means for whoever wants a client there. */
export const STATUS_WORDS = {
  active: "",
  approval_required: "The provider has to approve a client before it can be used.",
  closed_to_new_apps: "The provider registers no new clients.",
  retired: "The provider has shut this down.",
} as const;

function providerText({ entry, found }: Subject): string {
  if (entry === undefined) return found?.kind === "unread" ? unreadText(found) : "";
  const remarks = [STATUS_WORDS[entry.status], ...entry.traps].filter((remark) => remark !== "");
  const known = remarks.map((remark) => `  - ${wrap(remark, "    ").trimStart()}`).join("");
  return `${entry.name}: ${entry.docs}\n${known}`;
}

function unreadText(found: Extract<Subject["found"], { kind: "unread" }>): string {
  return wrap(unreadWords(found));
}

/** What it means that a server's metadata could not be read. */
export function unreadWords({ reason, advice }: Extract<Subject["found"], { kind: "unread" }>): string {
  const next = advice === undefined ? "" : ` What to do: ${advice}.`;
  return `${reason}, so that nothing is known of it. The file can be saved all the same, but nobody can authorize before that works.${next} Look again with: sealring doctor <name>`;
}

function registrationText({ registration, enter }: Extract<Notice, { kind: "registration" }>): string {
  const { url, note } = registration;
  const where = url === undefined ? "where the provider registers clients" : `at ${url}`;
  const first =
    enter === undefined
      ? `Register a client ${where}\n`
      : `Register a client ${where}\nand enter this redirect URI there: ${enter}\n`;
  return `\n${first}${note === undefined ? "" : wrap(note)}${enter?.startsWith("https:") === true ? PASTED : ""}`;
}

/** What happens at a redirect URI that no loopback listener serves. */
export const PASTED_WORDS =
  "When you authorize, the browser will most likely show an error page at that address. That is expected: copy the whole address from the address bar, and paste it.";
const PASTED = wrap(PASTED_WORDS);

/** What was added, and what comes next. */
export function addText(results: readonly Added[]): string {
  return results.map((result) => (result.outcome === "declined" ? declined(result) : added(result))).join("");
}

/** On one line, to be copied. */
function declined({ again }: Added): string {
  return again === undefined
    ? "Nothing is saved.\n"
    : `Nothing is saved. To have these answers again:\n  ${again}\n`;
}

function added({ credential, clientSecret, authorized }: Added): string {
  const next = ["sealring apply", ...(authorized === undefined ? [`sealring authorize ${credential}`] : [])];
  return [
    secretText(clientSecret),
    authorized === undefined ? "" : authorizeText([authorized]),
    "\nNext:\n",
    ...next.map((command) => `  ${command}\n`),
    "then commit and push what is new.\n",
  ].join("");
}

function secretText(outcome: ClientSecretOutcome | undefined): string {
  const words = outcome && secretWords(outcome);
  return words === undefined ? "" : wrap(words);
}

/** What became of a client secret; undefined: there is none. */
export function secretWords(outcome: ClientSecretOutcome): string | undefined {
  switch (outcome.kind) {
    case "none":
      return undefined;
    case "sealed":
      return `${outcome.secretName} is sealed: ${describeTarget(outcome.target)}.`;
    case "left": {
      const why = outcome.reason === undefined ? "." : `: ${outcome.reason}`;
      return `${outcome.secretName} is left for sealring authorize, which asks for it${why}`;
    }
  }
}

/** A result as the JSON document has it. */
export function addJson({ credential, file, outcome, clientSecret, authorized }: Added): object {
  return {
    credential,
    file,
    outcome,
    client_secret: clientSecret === undefined ? null : secretJson(clientSecret),
    authorization: authorized === undefined ? null : authorizeJson(authorized),
  };
}

function secretJson(outcome: ClientSecretOutcome): object | null {
  switch (outcome.kind) {
    case "none":
      return null;
    case "sealed":
      return { name: outcome.secretName, outcome: "sealed", reason: null };
    case "left":
      return { name: outcome.secretName, outcome: "left", reason: outcome.reason ?? null };
  }
}
