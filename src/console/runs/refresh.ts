import { canRefresh } from "../../protocol/renewal.ts";
import { dueByJournal } from "../../page/due.ts";
import { minuteUtc } from "../../report/instants.ts";
import { declined, startsJob } from "./confirmation.ts";
import type { Confirmation, Note } from "./confirmation.ts";
import type { Subject } from "./subject.ts";
import { publishesWhat } from "./words.ts";

/** What refreshing it now comes to. Pure. */
export function refreshConfirmation(subject: Subject): Confirmation {
  switch (subject.status.health) {
    case "never_authorized":
      return declined("There is nothing to refresh yet: nobody has authorized it.", ["authorize"]);
    case "revoked":
      return declined("There is nothing to refresh: it was revoked.", ["authorize"]);
    case "needs_person":
      return declined("A refresh does not help: it has to be authorized again.", ["authorize"]);
    case "ambiguous":
      return declined("The answer to its last refresh was lost, and its token may be used up.", [
        "authorize",
        "probe",
      ]);
    case "expired":
    case "fresh":
      if (!canRefresh(subject.credential))
        return declined("There is nothing to refresh it with: its provider gives no refresh token.", [
          "authorize",
        ]);
      return offered(subject);
    case "busy":
      return offered(subject);
  }
}

function offered(subject: Subject): Confirmation {
  return {
    kind: "offered",
    where: "workflow",
    steps: [startsJob(subject.place.file), ...renews(subject)],
    notes: [...busyNotes(subject), ...earlyNotes(subject)],
  };
}

function renews({ credential, status }: Subject): readonly string[] {
  const { provider } = credential;
  if (status.entry?.phase === "spent")
    return [`It stores the new tokens that an earlier run got from ${provider.name} and could not store.`];
  return [
    `It gets a new access token from ${provider.name}, whether the old one is due or not.`,
    publishesWhat(credential),
  ];
}

/** Also where a revocation would find it at work. */
export function busyNotes({ status: { health, entry } }: Subject): readonly Note[] {
  if (health !== "busy" || entry?.phase === "spent") return [];
  const text =
    "Another run, or a person, seems to be at it right now. As long as that is so, this changes nothing.";
  return [{ tone: "warning", text }];
}

function earlyNotes({ credential, status: { health, entry }, now }: Subject): readonly Note[] {
  const due = entry && dueByJournal(credential, entry);
  if (health !== "fresh" || due === undefined || due <= now) return [];
  const ends = `lives until ${minuteUtc(entry?.expiresAt)} UTC`;
  const by = `the schedule renews it by itself from ${minuteUtc(due)} UTC on`;
  return [{ tone: "idle", text: `Nothing asks for it yet: the access token ${ends}, and ${by}.` }];
}
