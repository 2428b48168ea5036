import { mayProbe, nextProbe } from "../../alerts/probe.ts";
import type { JournalEntry } from "../../journal/entry.ts";
import { minuteUtc } from "../../report/instants.ts";
import { reuseWords } from "../../report/rotation-words.ts";
import { declined, startsJob } from "./confirmation.ts";
import type { Confirmation, Note } from "./confirmation.ts";
import type { Subject } from "./subject.ts";

/** What trying the old token of a lost answer comes to. Pure. */
export function probeConfirmation(subject: Subject): Confirmation {
  const { credential, status, now } = subject;
  const { name, reuse } = credential.provider;
  const { entry } = status;
  if (status.health !== "ambiguous" || entry === undefined)
    return declined("None of its answers is lost, so there is no old token to try.", []);
  if (!mayProbe(entry, reuse, now))
    return declined(`Its old token was tried already, and trying it twice can end everything.`, [
      "authorize",
    ]);
  return {
    kind: "offered",
    where: "workflow",
    steps: [
      startsJob(subject.place.file),
      `It sends the old refresh token to ${name} once more.`,
      "If that works, the lost request had never arrived: the new tokens are stored, and all is well.",
      "If it is refused, the old token was used up: then only authorizing again helps.",
    ],
    notes: [riskNote(subject, entry), waitNote(subject, entry)],
  };
}

function riskNote({ credential, now }: Subject, { expiresAt }: JournalEntry): Note {
  const { name, reuse } = credential.provider;
  const isLive = expiresAt !== undefined && expiresAt > now;
  if (reuse === "harmless" || !isLive) return { tone: "idle", text: reuseWords(reuse) };
  const ends = `the access token that your pipelines read now, which lives until ${minuteUtc(expiresAt)} UTC`;
  const risk =
    reuse === "unknown"
      ? `Nobody knows what ${name} does when a used token comes again: it may end the whole grant.`
      : reuseWords(reuse);
  return { tone: "warning", text: `${risk} With it could go ${ends}.` };
}

function waitNote({ credential, place, now }: Subject, entry: JournalEntry): Note {
  const at = nextProbe(entry, { schedule: place.schedule, reuse: credential.provider.reuse }, now);
  const alone =
    at === undefined ? "" : `Left alone, the workflow tries it by itself at ${minuteUtc(at)} UTC. `;
  return { tone: "idle", text: `${alone}To authorize again is safe at any time.` };
}
