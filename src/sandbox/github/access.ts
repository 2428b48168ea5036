import type { Organization, Repository } from "./model.ts";
import { fullName } from "./model.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { notFound, problem } from "./operation.ts";
import type { Permission, PermissionNeed, Token } from "./permissions.ts";
import { allows, hasScopes, scopeFor } from "./permissions.ts";

/** What anybody may read of a public repository. */
const PUBLIC: readonly Permission[] = ["actions", "contents", "issues", "metadata"];

/** The repository that a path names. A private one does not exist for those who may not see it. */
export function visibleRepository(call: Call): Repository | undefined {
  const { owner = "", repo = "" } = call.parameters;
  const repository = call.github.repositories.get(`${owner}/${repo}`.toLowerCase());
  if (repository === undefined) return undefined;
  return repository.visibility === "public" || isGiven(call, repository) ? repository : undefined;
}

export function namedOrganization({ github, parameters }: Call): Organization | undefined {
  return github.organizations.get((parameters["org"] ?? "").toLowerCase());
}

/** Whether the call's token was given for a repository. */
function isGiven({ credentials }: Call, repository: Repository): boolean {
  if (credentials.kind !== "token") return false;
  const { repositories, kind, scopes } = credentials.token;
  if (hasScopes(kind) && !scopes.includes("repo")) return false;
  return repositories === "all" || repositories.includes(fullName(repository).toLowerCase());
}

/** Why the call may not do this to the repository; undefined where it may. */
export function refusedInRepository(
  operation: Operation,
  call: Call,
  repository: Repository,
): Answer | undefined {
  const { permission, method } = operation;
  if (permission !== undefined && isPublic(permission, repository)) return undefined;
  const refusal = isGiven(call, repository) ? refusedByPermission(permission, call) : refused(call);
  if (refusal !== undefined) return refusal;
  return repository.archived && method !== "GET"
    ? problem(403, "Repository was archived so is read-only.")
    : undefined;
}

function isPublic({ permission, level }: PermissionNeed, { visibility }: Repository): boolean {
  return visibility === "public" && level === "read" && PUBLIC.includes(permission);
}

/** Before anything is validated, and before anything below the repository or organization is looked up. */
export function refusedByPermission(need: PermissionNeed | undefined, call: Call): Answer | undefined {
  const { credentials } = call;
  if (credentials.kind === "token" && (need === undefined || allows(credentials.token, need)))
    return undefined;
  return refused(call);
}

function refused({ credentials }: Call): Answer {
  if (credentials.kind !== "token") return signInFirst();
  return hasScopes(credentials.token.kind)
    ? notFound()
    : problem(403, `Resource not accessible by ${nameOf(credentials.token)}`);
}

function nameOf({ kind }: Token): string {
  return kind === "personal" ? "personal access token" : "integration";
}

export function signInFirst(): Answer {
  return problem(401, "Requires authentication");
}

/** What the headers say of permissions, or to tokens with scopes of those. */
export function accessHeaders(operation: Operation, { credentials }: Call): Record<string, string> {
  const { permission, accepts } = operation;
  const token = credentials.kind === "token" ? credentials.token : undefined;
  if (token !== undefined && hasScopes(token.kind)) {
    const accepted = permission === undefined ? "" : scopeFor(permission);
    return { "x-oauth-scopes": token.scopes.join(", "), "x-accepted-oauth-scopes": accepted };
  }
  if (permission === undefined) return {};
  return { "x-accepted-github-permissions": accepts ?? `${permission.permission}=${permission.level}` };
}
