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
  if (!isPersonClass(outcome)) return undefined;
  const error = entry?.error;
  if (error !== undefined && isPersonClass(error.class)) {
    const { class: errorClass, code } = error;
    if (errorClass === outcome || outcome === "reauthorization_required")
      return { kind: "answer", errorClass, code };
  }
  return { kind: "own", errorClass: outcome, message: result.message ?? outcome, hint: result.hint };
}

function isPersonClass(outcome: CredentialResult["outcome"]): outcome is PersonClass {
  switch (outcome) {
    case "ambiguous":
    case "reauthorization_required":
    case "client_misconfigured":
    case "provider_drift":
      return true;
    case "refreshed":
    case "fresh":
    case "recovered":
    case "pending":
    case "due":
    case "transient":
    case "rate_limited":
    case "stale":
    case "store_refused":
    case "interrupted":
    case "usage":
      return false;
  }
}
