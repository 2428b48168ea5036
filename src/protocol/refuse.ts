import { formatDuration } from "../duration.ts";
import { SealringError } from "../errors.ts";
import type { ErrorClass } from "../errors.ts";
import type { Envelope } from "../envelope/envelope.ts";
import type { EntryError, JournalEntry } from "../journal/entry.ts";
import { needsAuthorization, skipNumbers } from "../journal/moves.ts";
import { writeOwn } from "./intend.ts";
import type { Run } from "./run.ts";
import type { Verdict } from "./settle.ts";

/** The verdicts that end a credential's run before anything is sent. */
export type Refusal = Exclude<
  Verdict,
  { readonly kind: "ready" | "stored" | "answer_lost" | "waits_at_home" }
>;

/** Why a credential stops here, and what its owner can do. */
export function refusal(run: Run, name: string, verdict: Refusal): SealringError {
  const { errorClass, reason } = reasonOf(run, verdict);
  return new SealringError(errorClass, `${name}: ${reason}`, { hint: hintOf(run, name, verdict) });
}

function reasonOf(run: Run, verdict: Refusal): { readonly errorClass: ErrorClass; readonly reason: string } {
  switch (verdict.kind) {
    case "busy":
      return { errorClass: "transient", reason: busyWith(run, verdict) };
    case "stale_snapshot":
      return { errorClass: "stale", reason: "this job's copy of the envelope is older than the journal" };
    case "overwritten":
      return { errorClass: "reauthorization_required", reason: "an old envelope was put over the newer one" };
    case "journal_behind":
      return {
        errorClass: "reauthorization_required",
        reason: "its envelope is newer than the journal says",
      };
    case "journal_missing":
      return {
        errorClass: "reauthorization_required",
        reason: "it has an envelope, and no file in the journal",
      };
    case "ended":
      return { errorClass: "reauthorization_required", reason: endedBy(verdict) };
  }
}

function hintOf(run: Run, name: string, { kind }: Refusal): string {
  const authorize = `run: sealring authorize ${name}`;
  switch (kind) {
    case "busy":
      return "nothing to do: the next run goes on from there";
    case "stale_snapshot":
      return "nothing to do: the next run is given the secrets of its own start";
    case "journal_behind":
    case "journal_missing":
      return `${authorize} (or restore the branch ${run.project.stateBranch})`;
    case "overwritten":
      return authorizeOrRecover(run, name);
    case "ended":
      return authorize;
  }
}

/** The ways out where an envelope is gone: a person's, and that of the people who hold the recovery identity. */
export function authorizeOrRecover({ project }: Run, name: string): string {
  const authorize = `run: sealring authorize ${name}`;
  return project.recoveryRecipient === undefined
    ? authorize
    : `${authorize}, or, with the recovery identity: sealring recover --identity <file>`;
}

/**
 * Writes into the journal that envelope and journal disagree, so that `status` says so. Only a job does: a person's
 * shell may hold any old copy of an envelope.
 */
export async function recordDisagreement(run: Run, { kind, entry, envelope }: Disagreement): Promise<void> {
  if (run.self.owner.kind === "process") return;
  const error: EntryError = { class: "reauthorization_required", code: `envelope_${kind}` };
  const event = { kind: "person_needed", generation: entry.generation, code: error.code } as const;
  const ended = needsAuthorization(entry, error);
  await writeOwn(run, envelope === undefined ? ended : skipNumbers(ended, envelope.generation), { event });
}

export interface Disagreement {
  readonly kind: "overwritten" | "journal_behind" | "missing";
  readonly entry: JournalEntry;
  /** undefined: there is none. */
  readonly envelope: Envelope | undefined;
}

function busyWith(run: Run, { entry }: Extract<Refusal, { kind: "busy" }>): string {
  const { intent } = entry;
  if (intent.owner.kind === "run")
    return `run ${intent.owner.runId} is at it (${intent.kind}), and has not ended`;
  const left = formatDuration((intent.deadline.getTime() - run.clock.now().getTime()) / 1_000);
  return `another process is at it (${intent.kind}, for ${left} at most)`;
}

function endedBy({ entry }: Extract<Refusal, { kind: "ended" }>): string {
  if (entry.phase === "revoked") return "it was revoked";
  return entry.error === undefined
    ? "it has to be authorized again"
    : `the provider said ${entry.error.code}`;
}
