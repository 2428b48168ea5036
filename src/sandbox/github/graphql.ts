import { isAncestor } from "./git/commits.ts";
import { answerBlobs, repositoryOfBlobs } from "./graphql-blobs.ts";
import { refusedWorkflows } from "./git/workflow-files.ts";
import type { GitHubState, Repository } from "./model.ts";
import { fullName } from "./model.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { nodeId } from "./operation.ts";
import type { Token } from "./permissions.ts";
import { allows, writes } from "./permissions.ts";

/** One member of the mutation's `refUpdates`. */
interface RefUpdate {
  readonly name: string;
  readonly beforeOid: string | undefined;
  readonly afterOid: string;
  readonly force: boolean;
}

const MUTATION = /^\s*mutation\b.*\bupdateRefs\s*\(\s*input\s*:\s*\{/s;

/** Unlike REST, it tells an App's token, too, as whom it writes. */
const VIEWER = /^\s*(query\b[^{]*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/;

/** GraphQL says what is wrong in an answer of status 200. */
function refused(type: string, message: string): Answer {
  const errors = [{ type, path: ["updateRefs"], locations: [{ line: 1, column: 1 }], message }];
  return { status: 200, body: { data: { updateRefs: null }, errors } };
}

/** `viewer`'s login, the texts of blobs, and `updateRefs` of one ref, with its input written out in the query: all that sealring asks. */
function answer(call: Call, token: Token): Answer {
  const query = String(call.body["query"]);
  if (VIEWER.test(query)) return { status: 200, body: { data: { viewer: { login: token.login } } } };
  const asked = namedRepository(call.github, token, repositoryOfBlobs(query));
  if (asked !== undefined) return answerBlobs(asked, query);
  if (!MUTATION.test(query))
    return refused("undefinedField", "The sandbox knows viewer, blobs and updateRefs only");
  const valueOf = fieldReader(query, call.body["variables"]);
  const repository = repositoryOf(call.github, token, valueOf("repositoryId"));
  if (repository === undefined) return refused("NOT_FOUND", "Could not resolve to a node with the global id");
  if (!allows(token, writes("contents")))
    return refused("FORBIDDEN", "Resource not accessible by integration");
  if (repository.archived) return refused("FORBIDDEN", "Repository was archived so is read-only.");
  if (refusedWorkflows(call, repository, String(valueOf("afterOid"))) !== undefined)
    return refused("FORBIDDEN", "Resource not accessible by integration");
  return update(repository, {
    name: String(valueOf("name")),
    beforeOid: valueOf("beforeOid") as string | undefined,
    afterOid: String(valueOf("afterOid")),
    force: valueOf("force") === true,
  });
}

/** Reads an argument of the query: a variable's value, or `true`. */
function fieldReader(query: string, variables: unknown): (field: string) => unknown {
  return (field) => {
    const [, value = ""] =
      new RegExp(`\\b${field}\\s*:\\s*(\\$?\\w+)`).exec(query.replace(/^[^{]*/, "")) ?? [];
    return value.startsWith("$")
      ? (variables as Readonly<Record<string, unknown>> | undefined)?.[value.slice(1)]
      : value === "true" || undefined;
  };
}

function repositoryOf(github: GitHubState, token: Token, id: unknown): Repository | undefined {
  return seenBy(
    token,
    [...github.repositories.values()].find((each) => nodeId("Repository", each.id) === id),
  );
}

function namedRepository(
  github: GitHubState,
  token: Token,
  name: string | undefined,
): Repository | undefined {
  return seenBy(token, github.repositories.get(name?.toLowerCase() ?? ""));
}

function seenBy(token: Token, found: Repository | undefined): Repository | undefined {
  if (found === undefined || token.repositories === "all") return found;
  return token.repositories.includes(fullName(found).toLowerCase()) ? found : undefined;
}

/** Atomic: compared with `beforeOid`, though it be forced. */
function update({ refs, objects }: Repository, { name, beforeOid, afterOid, force }: RefUpdate): Answer {
  const present = refs.get(name);
  if (objects.typeOf(afterOid) !== "commit") return refused("UNPROCESSABLE", "afterOid is no commit");
  if (beforeOid !== undefined && beforeOid !== present)
    return refused("UNPROCESSABLE", `${name} does not point to beforeOid`);
  if (present !== undefined && !force && !isAncestor(objects, present, afterOid))
    return refused("UNPROCESSABLE", `${name} is not a fast-forward`);
  refs.set(name, afterOid);
  return { status: 200, body: { data: { updateRefs: { clientMutationId: null } } } };
}

/** GitHub's GraphQL: at /graphql on github.com, at /api/graphql on an Enterprise Server. Its OpenAPI has neither. */
export const GRAPHQL: readonly Operation[] = ["/graphql", "/api/graphql"].map((path) => ({
  kind: "signed_in",
  id: "graphql",
  method: "POST",
  path,
  permission: undefined,
  handle: answer,
}));
