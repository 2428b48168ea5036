import type { Operation } from "./operation.ts";
import { problem } from "./operation.ts";
import { writes } from "./permissions.ts";

/** Topics that are sent are taken, and go nowhere: no client of the sandbox reads any. */
export const TOPICS: readonly Operation[] = [
  {
    id: "repos/replace-all-topics",
    method: "PUT",
    path: "/repos/:owner/:repo/topics",
    kind: "repository",
    permission: writes("administration"),
    handle: ({ body: { names } }) =>
      Array.isArray(names) ? { status: 200, body: { names } } : problem(422, "Invalid request."),
  },
];
