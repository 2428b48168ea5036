import type { Fault, RequestMatcher } from "../../src/sandbox/faults.ts";

/** Any request that writes a secret of this name. */
export function putOf(secret: string): RequestMatcher {
  return ({ method, target }) => method === "PUT" && target.endsWith(`/secrets/${secret}`);
}

/** Any request to the journal. */
export const anyOfJournal: RequestMatcher = ({ operation }) => operation.startsWith("git/");

/** Instead of an answer, and of anything being done. */
export function answering(
  status: number,
  body = "{}",
  headers: Readonly<Record<string, string>> = {},
): Fault {
  const init = { status, headers: { "content-type": "application/json", ...headers } };
  return { kind: "answer_instead", answer: () => new Response(body, init) };
}

export const DOWN = answering(503);
