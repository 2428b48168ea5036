import type { Operation } from "./operation.ts";

/** What a request takes of each limit. */
export interface Cost {
  readonly resource: "core" | "graphql";
  /** Of the hour. */
  readonly requests: number;
  /** Of the minute. */
  readonly points: number;
  readonly content: number;
}

const POINTS_OF_READING = 1;
const POINTS_OF_WRITING = 5;

/**
 * GitHub does not list what makes content. Here every POST does, git objects and refs among them, and every mutation; to put
 * a secret, to change an issue or to move a ref makes none.
 */
export function costOf(
  { id, method }: Pick<Operation, "id" | "method">,
  body: Readonly<Record<string, unknown>>,
): Cost {
  if (id === "graphql") {
    const writes = /^\s*mutation\b/.test(String(body["query"]));
    return {
      resource: "graphql",
      requests: 1,
      ...weight(writes ? "writes" : "reads"),
      content: writes ? 1 : 0,
    };
  }
  // Asking for the limit is free of the hour, and documented as possibly not free of the minute.
  const requests = id === "rate-limit/get" ? 0 : 1;
  const content = method === "POST" ? 1 : 0;
  return { resource: "core", requests, ...weight(method === "GET" ? "reads" : "writes"), content };
}

function weight(kind: "reads" | "writes"): Pick<Cost, "points"> {
  return { points: kind === "reads" ? POINTS_OF_READING : POINTS_OF_WRITING };
}
