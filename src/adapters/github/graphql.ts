import { listOf, textOf } from "./outcome.ts";
import type { Lost, Reading, Refusal } from "./outcome.ts";
import { readingOf } from "./refusal.ts";

/** What GraphQL says is wrong, in an answer of status 200: the first error's type, as far as GitHub gives one. */
export interface GraphqlErrors {
  readonly kind: "errors";
  readonly type: string | undefined;
  readonly reading: Reading;
}

/** `data`: GitHub's field of that name. */
export type GraphqlOutcome =
  { readonly kind: "data"; readonly data: unknown } | GraphqlErrors | Refusal | Lost;

/** Octokit's error for such an answer; undefined for every other error. The message goes no further than its reading. */
export function graphqlErrorsOf(error: unknown): GraphqlErrors | undefined {
  const [first] = listOf(error, "errors");
  if (!(error instanceof Error) || error.name !== "GraphqlResponseError") return undefined;
  return { kind: "errors", type: textOf(first, "type"), reading: readingOf(textOf(first, "message") ?? "") };
}
