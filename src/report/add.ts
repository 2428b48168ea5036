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
    case "different_ids":
      return "The two are not the same. Once more, both of them:\n";
    case "file":
      return `\n${notice.path}:\n\n${notice.text.replaceAll(/^(?=.)/gm, "  ")}\n`;
  }
}

const STATUS_WORDS = {
  active: "",
  approval_required: "The provider has to approve a client before it can be used.",
  closed_to_new_apps: "The provider registers no new clients.",
  retired: "The provider has shut this down.",
} as const;

function providerText({ entry }: Subject): string {
  if (entry === undefined) return "";
  const remarks = [STATUS_WORDS[entry.status], ...entry.traps].filter((remark) => remark !== "");
  const known = remarks.map((remark) => `  - ${wrap(remark, "    ").trimStart()}`).join("");
  return `${entry.name}: ${entry.docs}\n${known}`;
}

function registrationText({ registration, enter }: Extract<Notice, { kind: "registration" }>): string {
  const { url, note } = registration;
  const where = url === undefined ? "where the provider registers clients" : `at ${url}`;
  const first =
    enter === undefined
      ? `Register a client ${where}\n`
      : `Register a client ${where}\nand enter this redirect URI there: ${enter}\n`;
  return `\n${first}${note === undefined ? "" : wrap(note)}`;
}

/** What was added, and what comes next. */
export function addText(results: readonly Added[]): string {
  return results
    .map((result) => (result.outcome === "declined" ? "Nothing is saved.\n" : added(result)))
    .join("");
}

function added({ credential, clientSecret, authorized }: Added): string {
  const next = ["sealring apply", ...(authorized === undefined ? [`sealring authorize ${credential}`] : [])];
  return [
    clientSecret === undefined ? "" : secretText(clientSecret),
    authorized === undefined ? "" : authorizeText([authorized]),
    "\nNext:\n",
    ...next.map((command) => `  ${command}\n`),
    "then commit and push what is new.\n",
  ].join("");
}

function secretText(outcome: ClientSecretOutcome): string {
  switch (outcome.kind) {
    case "none":
      return "";
    case "sealed":
      return wrap(`${outcome.secretName} is sealed: ${describeTarget(outcome.target)}.`);
    case "left":
      return wrap(
        `${outcome.secretName} is left for sealring authorize, which asks for it${
          outcome.reason === undefined ? "." : `: ${outcome.reason}`
        }`,
      );
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
