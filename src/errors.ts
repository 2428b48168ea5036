/** What a process of sealring may end with. The meanings are part of the command line's contract. */
export const EXIT = {
  done: 0,
  bug: 1,
  usage: 2,
  remoteFailed: 3,
  personNeeded: 4,
  pending: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The classes into which every failure of a grant or a refresh falls. */
export type ErrorClass =
  | "transient"
  | "rate_limited"
  | "ambiguous"
  | "stale"
  | "reauthorization_required"
  | "client_misconfigured"
  | "provider_drift"
  | "store_refused";

/** Codes of failures that come before, or have nothing to do with, a token request. */
export type UsageCode = "usage" | "faulty_declaration" | "interrupted" | "bug";

export type ErrorCode = ErrorClass | UsageCode;

const EXIT_OF: Record<ErrorCode, ExitCode> = {
  transient: EXIT.remoteFailed,
  rate_limited: EXIT.remoteFailed,
  stale: EXIT.remoteFailed,
  store_refused: EXIT.remoteFailed,
  ambiguous: EXIT.personNeeded,
  reauthorization_required: EXIT.personNeeded,
  client_misconfigured: EXIT.personNeeded,
  provider_drift: EXIT.personNeeded,
  usage: EXIT.usage,
  faulty_declaration: EXIT.usage,
  interrupted: EXIT.interrupted,
  bug: EXIT.bug,
};

/** The exit code that a failure of this code ends a process with. */
export function exitOf(code: ErrorCode): ExitCode {
  return EXIT_OF[code];
}

export interface ErrorDetails {
  /** The next command to type, or the next place to click. */
  readonly hint?: string;
  /** The code that a provider's answer had: a registered one, a declared one or one of ours. */
  readonly reason?: string;
  readonly cause?: unknown;
}

/**
 * The one error class: a message that says what happened and where, a code, and a hint with the next step.
 * It never holds a secret, nor free text from a provider.
 */
export class SealringError extends Error {
  override readonly name = "SealringError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly reason: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.reason = details.reason;
  }

  get exit(): ExitCode {
    return exitOf(this.code);
  }
}

/** Anything but a SealringError is a bug of ours. Its text may hold anything, a secret too: only its kind is told. */
export function knownError(error: unknown): SealringError {
  if (error instanceof SealringError) return error;
  const kind = error instanceof Error ? error.name : typeof error;
  return new SealringError("bug", `sealring stopped at a bug of its own (${kind})`, {
    hint: "please report it: https://github.com/sealring/sealring/issues",
  });
}
