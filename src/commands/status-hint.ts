import { formatInstant } from "../instant.ts";
import { mayProbe, nextProbe } from "../alerts/probe.ts";
import { isRecoverable } from "../alerts/ways.ts";
import { dispatchCommand } from "../workflow/dispatch.ts";
import type { JobPlace } from "../workflow/generate.ts";
import type { Credential, Project } from "../declaration/credential.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { canRefresh } from "../protocol/renewal.ts";
import type { Health } from "./health.ts";

/** What is known of a credential that somebody asks about. */
export interface Asked {
  readonly credential: Credential;
  readonly health: Health;
  readonly entry: JournalEntry | undefined;
  readonly project: Project;
  /** Of the job that refreshes it. */
  readonly place: JobPlace;
  readonly now: Date;
}

/** What to do for a credential; undefined: nothing. */
export function hintFor(asked: Asked): string | undefined {
  const { credential, health, entry, project } = asked;
  const { name } = credential;
  switch (health) {
    case "never_authorized":
      return authorize(name);
    case "needs_person":
      return isRecoverable(entry?.error?.code, project)
        ? `run, with the recovery identity: sealring recover --identity <file>; or: sealring authorize ${name}`
        : authorize(name);
    case "ambiguous":
      return afterLostAnswer(asked);
    case "expired":
    case "busy":
      return waiting(asked);
    case "fresh":
    case "revoked":
      return undefined;
  }
}

function authorize(name: string): string {
  return `run: sealring authorize ${name}`;
}

function waiting({ credential, health, entry, place }: Asked): string | undefined {
  const { name } = credential;
  const run = dispatchCommand({ workflowFile: place.file, credential: name });
  if (entry?.phase === "spent")
    // The box of an authorization is on no disk but that of the person who gave it.
    return entry.intent?.kind === "authorize"
      ? `its new tokens wait where it was authorized; run there: sealring recover; or anywhere: sealring authorize ${name}`
      : `a sealed box is waiting; the next run stores it (${run})`;
  if (health !== "expired") return undefined;
  return canRefresh(credential) ? `run: ${run}, and look at its last runs: sealring doctor` : authorize(name);
}

function afterLostAnswer({ credential, entry, place, now }: Asked): string {
  const {
    name,
    provider: { reuse },
  } = credential;
  const probe = dispatchCommand({ workflowFile: place.file, credential: name, command: "refresh --probe" });
  const ask = entry === undefined || mayProbe(entry, reuse, now) ? `; or try the old token: ${probe}` : "";
  const at = entry === undefined ? undefined : nextProbe(entry, { ...place, reuse }, now);
  const when = at === undefined ? "" : `; the workflow tries the old token at ${formatInstant(at)} by itself`;
  return authorize(name) + ask + when;
}
