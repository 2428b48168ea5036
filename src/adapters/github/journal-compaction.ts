import type { JournalSnapshot, SwapOutcome } from "../../github.ts";
import type { Api } from "./api.ts";
import { faultOf, unreadable } from "./faults.ts";
import type { Asked } from "./faults.ts";
import type { GitData } from "./git-data.ts";
import type { GraphqlOutcome } from "./graphql.ts";
import { heldByRuleset, mayNotWrite } from "./journal-faults.ts";
import { textOf } from "./outcome.ts";

/** REST's forced update compares nothing; GraphQL's compares, forced or not. */
export const UPDATE_REFS = `
  mutation ($repositoryId: ID!, $name: GitRefname!, $beforeOid: GitObjectID!, $afterOid: GitObjectID!) {
    updateRefs(
      input: {
        repositoryId: $repositoryId
        refUpdates: [{ name: $name, beforeOid: $beforeOid, afterOid: $afterOid, force: true }]
      }
    ) {
      clientMutationId
    }
  }
`;

export interface BranchAt {
  readonly api: Api;
  readonly git: GitData;
  readonly branch: string;
  readonly asked: Asked;
}

/** The `Journal` port's `compact`. */
export async function replaceHistory(
  at: BranchAt,
  from: JournalSnapshot,
  message: string,
): Promise<SwapOutcome> {
  if (from.commit === undefined) return { kind: "lost" };
  const tree = await at.git.treeOf(from.commit);
  const commit = await at.git.writeCommit({ message, tree, parents: [] });
  const repositoryId = textOf(at.git.answer(await at.git.get("", {})).data, "node_id");
  if (repositoryId === undefined) throw unreadable(at.asked);
  const name = `refs/heads/${at.branch}`;
  const outcome = await at.api.mutate(UPDATE_REFS, {
    ...{ repositoryId, name, beforeOid: from.commit, afterOid: commit },
  });
  if (outcome.kind !== "data") return notWon(outcome, at.asked);
  // A redirect turns a POST into a GET, whose answer is no word on a move.
  if (!hasPayload(outcome.data)) return { kind: "unknown" };
  return { kind: "won", snapshot: { commit, files: from.files } };
}

function hasPayload(data: unknown): boolean {
  const { updateRefs } = (data ?? {}) as { readonly updateRefs?: unknown };
  return typeof updateRefs === "object" && updateRefs !== null;
}

/**
 * GitHub documents no type for an old value that does not fit. What it refuses as a whole has moved nothing; of
 * everything else the caller reads back.
 */
function notWon(outcome: Exclude<GraphqlOutcome, { kind: "data" }>, asked: Asked): SwapOutcome {
  if (outcome.kind === "lost") return { kind: "unknown" };
  if (outcome.kind === "refused") {
    if (outcome.status < 400 || outcome.status >= 500) return { kind: "unknown" };
    throw faultOf(outcome, asked);
  }
  if (outcome.reading === "ruleset") throw heldByRuleset(asked);
  switch (outcome.type) {
    case "FORBIDDEN":
    case "INSUFFICIENT_SCOPES":
    case "NOT_FOUND":
      throw mayNotWrite(asked);
    case "STALE_DATA":
      return { kind: "lost" };
    default:
      return { kind: "unknown" };
  }
}
