import type { ApplyReport } from "../commands/apply.ts";
import type { Report } from "../commands/context.ts";
import type { StepError } from "../commands/step.ts";
import type { Invitation } from "../ports.ts";
import type { AuthorizationWaits, Authorized } from "../protocol/authorize.ts";
import type { CredentialResult } from "../protocol/result.ts";
import type { Followed } from "./runs/followed.ts";

/** Long work that a page started, and what it came to. */
export type Result =
  | { readonly kind: "authorize"; readonly report: Report<Authorized | AuthorizationWaits> }
  /** A run of the workflow: a refresh, a probe, a recovery or a revocation there. */
  | { readonly kind: "run"; readonly followed: Followed }
  /** On this machine: what is on its own disk. */
  | { readonly kind: "recover"; readonly report: Report<CredentialResult> }
  | { readonly kind: "apply"; readonly report: ApplyReport };

export type OperationKind = "authorize" | "refresh" | "probe" | "recover" | "revoke" | "apply";

/** A line that was said while it went on. */
export interface Said {
  readonly at: Date;
  readonly line: string;
}

export type End =
  | { readonly kind: "done"; readonly result: Result }
  /** Of a `bug` nothing is told but that there was one. */
  | { readonly kind: "failed"; readonly error: StepError };

export interface Operation {
  readonly id: string;
  readonly kind: OperationKind;
  /** undefined: it is about the whole repository. */
  readonly credential: string | undefined;
  readonly startedAt: Date;
  readonly said: readonly Said[];
  /** What the person has to do elsewhere, as long as it is to be done. */
  readonly invitation: Invitation | undefined;
  /** Where on GitHub it can be watched; undefined: nowhere, or not yet. */
  readonly url: string | undefined;
  /** Whether a person may stop watching something that goes on without us. */
  readonly mayLeave: boolean;
  /** undefined: it goes on. */
  readonly end: End | undefined;
  readonly endedAt: Date | undefined;
}
