import type { ErrorClass, ErrorCode } from "../errors.ts";

/**
 * The error codes of the OAuth registry that an answer may bring (RFC 6749 §4.1.2.1 and §5.2, 8628 §3.5, 7009 §2.2.1,
 * 8707 §2, 6750 §3.1, 9449 §12.2, OpenID Connect Core §3.1.2.6) and what each means for a credential.
 */
const CLASS_OF: Readonly<Record<string, ErrorClass>> = {
  invalid_grant: "reauthorization_required",
  access_denied: "reauthorization_required",
  expired_token: "reauthorization_required",
  interaction_required: "reauthorization_required",
  login_required: "reauthorization_required",
  consent_required: "reauthorization_required",
  account_selection_required: "reauthorization_required",
  invalid_token: "reauthorization_required",
  invalid_client: "client_misconfigured",
  unauthorized_client: "client_misconfigured",
  unsupported_grant_type: "client_misconfigured",
  unsupported_response_type: "client_misconfigured",
  unsupported_token_type: "client_misconfigured",
  invalid_scope: "client_misconfigured",
  invalid_target: "client_misconfigured",
  invalid_request: "client_misconfigured",
  insufficient_scope: "client_misconfigured",
  use_dpop_nonce: "client_misconfigured",
  invalid_dpop_proof: "client_misconfigured",
  slow_down: "rate_limited",
  authorization_pending: "transient",
  temporarily_unavailable: "transient",
  server_error: "transient",
};

/** An error in words that are safe to print: a registered code, or one of ours. */
export interface Classified {
  readonly errorClass: ErrorClass;
  readonly code: string;
}

/** A code of the registry; undefined for anything else, which may be any text. */
export function registeredCode(wireCode: unknown): string | undefined {
  return typeof wireCode === "string" && Object.hasOwn(CLASS_OF, wireCode) ? wireCode : undefined;
}

/** What an error code means by the registry. One outside it never passes. */
export function classifyCode(wireCode: string): Classified {
  const errorClass = Object.hasOwn(CLASS_OF, wireCode) ? CLASS_OF[wireCode] : undefined;
  if (errorClass === undefined) return { errorClass: "provider_drift", code: "unregistered_error" };
  return { errorClass, code: wireCode };
}

/** What an answer without an OAuth error code means, by its HTTP status alone. */
export function classifyStatus(status: number): Classified {
  return { errorClass: classOfStatus(status), code: `http_${String(status)}` };
}

function classOfStatus(status: number): ErrorClass {
  if (status === 429) return "rate_limited";
  if (status === 408 || status >= 500) return "transient";
  if (status === 401) return "client_misconfigured";
  return "provider_drift";
}

/** As a SealringError has them. */
interface Refused {
  readonly code: ErrorCode;
  readonly reason?: string | undefined;
}

/**
 * Whether an answer refused the client itself, its id or its secret (RFC 6749 §5.2), and not what it asked for. A code that
 * is of no registry was declared to say so, and a status without a code is 401 or was declared as well.
 */
export function isClientRefused({ code, reason }: Refused): boolean {
  if (code !== "client_misconfigured" || reason === undefined) return false;
  return reason === "invalid_client" || registeredCode(reason) === undefined;
}
