import type { RandomBytes } from "../../ports.ts";
import type { Generation, ServerState } from "./model.ts";

/** A request, taken apart for the endpoint that answers it. */
export interface Visit {
  readonly state: ServerState;
  readonly now: Date;
  readonly randomBytes: RandomBytes;
  /** Scheme, host and port by which the client reached the server. */
  readonly origin: string;
  /** Which of the two servers was asked. */
  readonly generation: Generation;
  readonly query: URLSearchParams;
  /** The form in the body; empty when there is none. */
  readonly form: URLSearchParams;
  readonly headers: Headers;
}

/** One endpoint. `name` is what faults and the log call it. */
export interface Endpoint {
  readonly name: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly generation: Generation;
  readonly handle: (visit: Visit) => Response;
}

const TOKEN_BYTES = 32;

/** Where the new server says that it is, below its origin. */
export const ISSUER_PATH = "/oauth/v2/ext/oauth-anonymous";

export function issuerOf({ origin }: Pick<Visit, "origin">): string {
  return origin + ISSUER_PATH;
}

/** A value that nobody can guess, with a prefix that says what it is. */
export function newToken({ randomBytes }: Pick<Visit, "randomBytes">, prefix: string): string {
  return `${prefix}_${Buffer.from(randomBytes(TOKEN_BYTES)).toString("base64url")}`;
}

export function secondsAfter(start: Date, seconds: number): Date {
  return new Date(start.getTime() + seconds * 1_000);
}

/** A JSON answer that no cache keeps (RFC 6749 §5.1). */
export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const uncached = { "cache-control": "no-store", pragma: "no-cache" };
  return Response.json(body, { status, headers: { ...uncached, ...headers } });
}

/** Error codes of RFC 6749 §5.2, RFC 7009 §2.2.1 and RFC 8628 §3.5. */
export type OAuthError =
  | "access_denied"
  | "authorization_pending"
  | "expired_token"
  | "invalid_client"
  | "invalid_grant"
  | "invalid_request"
  | "invalid_scope"
  | "slow_down"
  | "unauthorized_client"
  | "unsupported_grant_type";

export function oauthError(error: OAuthError, description: string): Response {
  return json(400, { error, error_description: description });
}
