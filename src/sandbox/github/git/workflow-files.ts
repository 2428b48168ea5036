import type { Repository } from "../model.ts";
import type { Answer, Call } from "../operation.ts";
import { notFound, problem } from "../operation.ts";
import { allows, hasScopes, writes } from "../permissions.ts";
import { readCommit } from "./commits.ts";
import { findEntry } from "./trees.ts";

/** Where GitHub finds workflows. */
export const WORKFLOW_FOLDER = ".github/workflows";

/** Who brings workflow files that no branch has yet needs a permission of its own. */
export function refusedWorkflows(call: Call, repository: Repository, commit: string): Answer | undefined {
  const brought = workflowsOf(repository, commit);
  if (brought === undefined) return undefined;
  if ([...repository.refs.values()].some((known) => workflowsOf(repository, known) === brought))
    return undefined;
  const { credentials } = call;
  if (credentials.kind !== "token" || allows(credentials.token, writes("workflows"))) return undefined;
  const { kind } = credentials.token;
  if (hasScopes(kind)) return notFound();
  const who = kind === "personal" ? "personal access token" : "integration";
  return problem(403, `Resource not accessible by ${who}`);
}

/** The id of a commit's tree of workflows; undefined where it has none. */
function workflowsOf({ objects }: Repository, commit: string): string | undefined {
  const tree = readCommit(objects, commit)?.tree;
  return tree === undefined ? undefined : findEntry(objects, tree, WORKFLOW_FOLDER)?.id;
}
