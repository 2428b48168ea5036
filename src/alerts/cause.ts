import type { JournalEntry } from "../journal/entry.ts";
import type { CredentialResult } from "../protocol/result.ts";

/** The classes of error that only a person can mend. */
export type PersonClass =
  "ambiguous" | "reauthorization_required" | "client_misconfigured" | "provider_drift";

/** Why a person is needed: the provider's answer, by its enumerated code, or what sealring itself found. */
export type Cause =
  | { readonly kind: "answer"; readonly errorClass: PersonClass; readonly code: string }
  | {
      readonly kind: "own";
      readonly errorClass: PersonClass;
      readonly message: string;
      readonly hint: string | undefined;
    };

/**
 * Why this result needs a person; undefined where it does not. Once a grant has ended every run says only that it has:
 * the journal still knows what ended it.
 */
export function causeOf(result: CredentialResult, entry: JournalEntry | undefined): Cause | undefined {
  const { outcome } = result;
  if (!needsPerson(outcome)) return undefined;
  const recorded = recordedCause(entry);
  if (recorded?.errorClass === outcome || (recorded && outcome === "reauthorization_required"))
    return recorded;
  return { kind: "own", errorClass: outcome, message: result.message ?? outcome, hint: result.hint };
}

/** What the journal says that only a person can mend; undefined: nothing. */
export function recordedCause(
  entry: JournalEntry | undefined,
): Extract<Cause, { kind: "answer" }> | undefined {
  const { class: errorClass, code } = entry?.error ?? {};
  if (errorClass === undefined || code === undefined || !needsPerson(errorClass)) return undefined;
  return { kind: "answer", errorClass, code };
}

type ShownOutcome = CredentialResult["outcome"];

/** What a person mends, what passes by itself or stays for long, and what is no trouble of the credential's. */
const KINDS = {
  ambiguous: "person",
  reauthorization_required: "person",
  client_misconfigured: "person",
  provider_drift: "person",
  transient: "passing",
  rate_limited: "passing",
  stale: "passing",
  store_refused: "passing",
  pending: "passing",
  refreshed: "none",
  fresh: "none",
  recovered: "none",
  due: "none",
  interrupted: "none",
  usage: "none",
} as const satisfies Record<ShownOutcome, "person" | "passing" | "none">;

function needsPerson(outcome: ShownOutcome): outcome is PersonClass {
  return KINDS[outcome] === "person";
}

/** Whether the next run may do without anybody's help what this one could not. */
export function mayPass(outcome: ShownOutcome): boolean {
  return KINDS[outcome] === "passing";
}
