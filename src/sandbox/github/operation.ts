import type { App } from "./apps.ts";
import type { Standing, Verdict } from "./limits.ts";
import type { GitHubState, Organization, Repository } from "./model.ts";
import type { PermissionNeed, Token } from "./permissions.ts";
import type { Cost } from "./request-cost.ts";

/** What an `Authorization` header came to. */
export type Credentials =
  | { readonly kind: "none" }
  | { readonly kind: "bad"; readonly reason: string }
  | { readonly kind: "token"; readonly token: Token }
  | { readonly kind: "app"; readonly app: App };

/** A request, taken apart for the operation that answers it. */
export interface Call {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON body; empty when there is none. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly accept: string;
  readonly credentials: Credentials;
  /** How the hour's requests of a resource stand. */
  readonly standing: (resource: Cost["resource"]) => Standing;
  /** Whether there was room for one more request at once. */
  readonly entered: Verdict;
  readonly now: Date;
  /** Scheme, host and port by which the client reached the API. */
  readonly apiUrl: string;
  /** The path of the request, as it came. */
  readonly path: string;
  readonly github: GitHubState;
}

/** An answer before it has headers. Bytes are sent as they are, everything else as JSON, undefined as nothing. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Described {
  /** The operation id of GitHub's OpenAPI description. */
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** A hono path. */
  readonly path: string;
  readonly permission: PermissionNeed | undefined;
  /** What the header of accepted permissions says, where that is more than `permission`. */
  readonly accepts?: string;
}

/** One operation of the REST API; `kind` says what its path leads to. */
export type Operation = Described &
  (
    | { readonly kind: "plain"; readonly handle: (call: Call) => Answer }
    | { readonly kind: "signed_in"; readonly handle: (call: Call, token: Token) => Answer }
    | { readonly kind: "app"; readonly handle: (call: Call, app: App) => Answer }
    | { readonly kind: "repository"; readonly handle: (call: Call, repository: Repository) => Answer }
    | { readonly kind: "organization"; readonly handle: (call: Call, organization: Organization) => Answer }
  );

const DOCUMENTATION_URL = "https://docs.github.com/rest";

/** GitHub's shape of an error. */
export function problem(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers,
    body: { message, documentation_url: DOCUMENTATION_URL, status: String(status) },
  };
}

export function notFound(): Answer {
  return problem(404, "Not Found");
}

/** GitHub's answer to a body that lacks a field. */
export function missingField(name: string): Answer {
  return problem(422, `Invalid request.\n\n"${name}" wasn't supplied.`);
}

/** A field of the body, where it is a string. */
export function stringField(call: Call, name: string): string | undefined {
  const value = call.body[name];
  return typeof value === "string" ? value : undefined;
}

/** A time as GitHub writes it: RFC 3339 in UTC, in whole seconds. */
export function timestamp(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** GitHub's opaque node ids: any base64 does. */
export function nodeId(kind: string, id: string | number): string {
  return btoa(`${kind}:${String(id)}`);
}
