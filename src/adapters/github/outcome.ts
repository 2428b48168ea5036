/** Header values by lower-case name, as Octokit gives them. */
export type Headers = Readonly<Record<string, string | number | undefined>>;

/** What GitHub's own words say, as far as sealring acts on them. */
export type Reading =
  | "not_fast_forward"
  | "reference_exists"
  | "reference_missing"
  | "ruleset"
  | "empty_repository"
  | "rate_limit"
  | "other";

/** An answer that is a refusal. Nothing of the request, and no free text, is in it. */
export interface Refusal {
  readonly kind: "refused";
  readonly status: number;
  readonly reading: Reading;
  /** `x-accepted-github-permissions`, or for classic tokens `x-accepted-oauth-scopes`. */
  readonly permissions: string | undefined;
  readonly scopes: string | undefined;
  /** How long GitHub asks to wait; undefined: this is no rate limit. */
  readonly pauseSeconds: number | undefined;
  /** The token is good, but not authorized for the organization's single sign-on. */
  readonly needsSso: "yes" | "no";
}

export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: Headers;
  readonly data: unknown;
}

/** No whole answer came: GitHub may or may not have acted. `code` is a system's error code. */
export interface Lost {
  readonly kind: "lost";
  readonly code: string;
}

export type Outcome = Answer | Refusal | Lost;

/** A text field of an answer; undefined when it is not there. */
export function textOf(data: unknown, ...path: readonly string[]): string | undefined {
  const value = valueOf(data, path);
  return typeof value === "string" ? value : undefined;
}

/** A whole number of an answer; undefined when it is not there. */
export function integerOf(data: unknown, ...path: readonly string[]): number | undefined {
  const value = valueOf(data, path);
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

/** Whether a field of an answer is true. */
export function booleanOf(data: unknown, ...path: readonly string[]): boolean {
  return valueOf(data, path) === true;
}

/** A list of an answer; empty when it is not there. */
export function listOf(data: unknown, ...path: readonly string[]): readonly unknown[] {
  const value = valueOf(data, path);
  return Array.isArray(value) ? value : [];
}

/** A date of an answer (RFC 3339); undefined when it is not there. */
export function dateOf(data: unknown, ...path: readonly string[]): Date | undefined {
  const date = new Date(textOf(data, ...path) ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Whatever an answer has there; undefined when it has nothing. */
export function valueOf(data: unknown, path: readonly string[]): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** The text of an answer's header; undefined when it is not there. */
export function headerOf(answer: Pick<Answer, "headers">, name: string): string | undefined {
  const value = answer.headers[name];
  return value === undefined ? undefined : String(value);
}
